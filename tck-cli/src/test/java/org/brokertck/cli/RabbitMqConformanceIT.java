package org.brokertck.cli;

import org.junit.jupiter.api.Test;

/** The RabbitMQ adapter keeps every rule that binds it, on a real server in a container, faults included. */
@RequiresDocker
class RabbitMqConformanceIT {
    @Test
    void theAdapterIsConformant() {
        WholeRun.findsNoFault("--target", "rabbitmq", "--containers");
    }
}
