package org.brokertck.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RequiresDocker
@Timeout(120)
class ShutdownTest {
    /** Ends without closing what it started. */
    static final class Careless {
        private Careless() {}

        public static void main(String[] args) {
            BrokerContainer broker = BrokerContainer.start(ContainerSpec.of("redis"));
            broker.control().pause();
            System.out.println(broker);
            System.exit(0);
        }
    }

    @Test
    void aContainerThatNobodyClosedEndsWithTheVirtualMachine() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dtck.image.redis=" + ContainerSpec.of("redis").image(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Careless.class.getName()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("BrokerContainer[").doesNotContain("Exception");
        String image = ContainerSpec.of("redis").image();
        String id = output.substring(output.indexOf(image) + image.length() + 1).substring(0, 12);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThatThrownBy(() ->
                                DockerEngine.client().inspectContainerCmd(id).exec())
                        .isInstanceOf(NotFoundException.class));
    }
}
