package org.brokertck.containers;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A quick knock at the address of an engine. */
final class EngineEndpoint {
    /** Where an engine listens unless it was told otherwise. */
    static final String DEFAULT = "unix:///var/run/docker.sock";

    private static final int CONNECT_MILLIS = 2_000;

    private EngineEndpoint() {}

    /**
     * Tells when the address is certainly dead: nobody listens there.
     *
     * @return what was found; empty when somebody listens, or when only a real attempt can tell
     */
    static Optional<String> refusal(URI endpoint) {
        try {
            if ("unix".equals(endpoint.getScheme()) && endpoint.getPath() != null) {
                knock(Path.of(endpoint.getPath()));
            } else if ("tcp".equals(endpoint.getScheme()) && endpoint.getHost() != null && endpoint.getPort() > 0) {
                knock(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
            }
            return Optional.empty();
        } catch (ConnectException e) {
            return Optional.of("nobody listens at " + endpoint);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void knock(Path socketFile) throws IOException {
        // Without the file the engine may still be elsewhere, such as in the user's own folder.
        if (Files.exists(socketFile)) {
            SocketChannel.open(UnixDomainSocketAddress.of(socketFile)).close();
        }
    }

    private static void knock(InetSocketAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
        }
    }
}
