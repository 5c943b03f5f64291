package org.brokertck.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineEndpointTest {
    @Test
    void aSocketFileThatADeadEngineLeftIsADeadEnd(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("docker.sock");
        URI endpoint = URI.create("unix://" + file);
        try (ServerSocketChannel engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(file));
            assertThat(EngineEndpoint.refusal(endpoint)).isEmpty();
        }
        assertThat(EngineEndpoint.refusal(endpoint)).contains("nobody listens at " + endpoint);
    }

    @Test
    void withoutASocketFileTheEngineMayBeElsewhere(@TempDir Path dir) {
        assertThat(EngineEndpoint.refusal(URI.create("unix://" + dir.resolve("docker.sock"))))
                .isEmpty();
    }

    @Test
    void aPortThatRefusesIsADeadEnd() throws IOException {
        URI endpoint;
        try (ServerSocket engine = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            endpoint = URI.create("tcp://localhost:" + engine.getLocalPort());
            assertThat(EngineEndpoint.refusal(endpoint)).isEmpty();
        }
        assertThat(EngineEndpoint.refusal(endpoint)).isPresent();
    }

    @Test
    void whatItDoesNotUnderstandItLeavesToTestcontainers() {
        assertThat(EngineEndpoint.refusal(URI.create("npipe:////./pipe/docker_engine")))
                .isEmpty();
        assertThat(EngineEndpoint.refusal(URI.create("nonsense"))).isEmpty();
    }
}
