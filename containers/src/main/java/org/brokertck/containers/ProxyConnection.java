package org.brokertck.containers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One client's connection through the proxy: a thread in each direction, half-closings and resets passed on. */
final class ProxyConnection {
    private static final int CONNECT_MILLIS = 5_000;

    private final Socket client;
    private final Socket server = new Socket();
    private final InetSocketAddress upstream;
    private final Consumer<ProxyConnection> onEnd;
    private final AtomicInteger openDirections = new AtomicInteger(2);
    private final Thread forth;
    private final Thread back;

    /** @param onEnd told once or more often when the connection is over */
    ProxyConnection(Socket client, InetSocketAddress upstream, Consumer<ProxyConnection> onEnd) {
        this.client = client;
        this.upstream = upstream;
        this.onEnd = onEnd;
        this.forth = daemon(this::connectAndPump, "forth");
        this.back = daemon(() -> pump(server, client), "back");
    }

    void start() {
        forth.start();
    }

    /** Ends the connection so that both sides see a reset, not an orderly end. */
    void reset() {
        resetAndClose(client);
        resetAndClose(server);
        onEnd.accept(this);
    }

    /** Waits for the threads' end after {@link #reset()}. */
    void join() {
        Threads.join(forth);
        Threads.join(back);
    }

    private Thread daemon(Runnable work, String direction) {
        Thread thread = new Thread(work, "tck-proxy-" + client.getLocalPort() + "-" + direction);
        thread.setDaemon(true);
        return thread;
    }

    private void connectAndPump() {
        try {
            // Each message leaves at once, as it would without a proxy.
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(upstream, CONNECT_MILLIS);
        } catch (IOException e) {
            reset();
            return;
        }
        back.start();
        pump(client, server);
    }

    private void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
            if (openDirections.decrementAndGet() == 0) {
                client.close();
                server.close();
                onEnd.accept(this);
            }
        } catch (IOException e) {
            reset();
        }
    }

    static void resetAndClose(Socket socket) {
        try {
            // Lingering for no time makes the closing a reset.
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already.
        }
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
