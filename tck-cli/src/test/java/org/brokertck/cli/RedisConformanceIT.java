package org.brokertck.cli;

import org.junit.jupiter.api.Test;

/** The Redis adapter keeps every rule that binds it, on a real server in a container, faults included. */
@RequiresDocker
class RedisConformanceIT {
    @Test
    void theAdapterIsConformant() {
        WholeRun.findsNoFault("--target", "redis", "--containers");
    }
}
