package org.brokertck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The RabbitMQ adapter keeps every rule that binds it, on a real server in a container, faults included. */
@RequiresDocker
class RabbitMqConformanceIT {
    @Test
    void theAdapterIsConformant() {
        int code = Tck.commandLine().execute("run", "--target", "rabbitmq", "--containers");
        assertThat(code).as("exit code; the findings are printed above").isEqualTo(ExitCode.CONFORMANT);
    }
}
