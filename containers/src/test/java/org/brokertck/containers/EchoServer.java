package org.brokertck.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sends back what it gets, and notes how each connection ended. */
final class EchoServer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<String> endings = new CopyOnWriteArrayList<>();

    EchoServer() {
        try {
            socket = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** For each ended connection {@code end} or {@code reset}. */
    List<String> endings() {
        return endings;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                daemon(() -> echo(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
            endings.add("end");
        } catch (IOException e) {
            endings.add("reset");
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "echo");
        thread.setDaemon(true);
        thread.start();
    }
}
