package org.brokertck.adapter.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Where no server answers, for a target that cannot be reached. */
public final class ClosedPort {
    private ClosedPort() {}

    /** An address on this machine, as {@code host:port}, whose port was free a moment ago. */
    public static String address() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on the loopback address", e);
        }
    }
}
