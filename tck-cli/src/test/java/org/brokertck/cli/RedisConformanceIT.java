package org.brokertck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The Redis adapter keeps every rule that binds it, on a real server in a container, faults included. */
@RequiresDocker
class RedisConformanceIT {
    @Test
    void theAdapterIsConformant() {
        int code = Tck.commandLine().execute("run", "--target", "redis", "--containers");
        assertThat(code).as("exit code; the findings are printed above").isEqualTo(ExitCode.CONFORMANT);
    }
}
