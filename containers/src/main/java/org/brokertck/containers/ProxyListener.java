package org.brokertck.containers;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.BiConsumer;

/** Accepts connections on one thread until it is closed. */
final class ProxyListener {
    private final ServerSocket socket;
    private final BiConsumer<ProxyListener, Socket> admit;
    private final Thread thread;

    private ProxyListener(ServerSocket socket, BiConsumer<ProxyListener, Socket> admit) {
        this.socket = socket;
        this.admit = admit;
        this.thread = new Thread(this::run, "tck-proxy-" + socket.getLocalPort() + "-accept");
        thread.setDaemon(true);
    }

    static ProxyListener start(ServerSocket socket, BiConsumer<ProxyListener, Socket> admit) {
        ProxyListener listener = new ProxyListener(socket, admit);
        listener.thread.start();
        return listener;
    }

    /** Stops listening: from its return on, connections are refused. Not to be called under a lock that admitting takes. */
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
        // The system keeps a socket open while a thread still waits on it.
        Threads.join(thread);
    }

    private void run() {
        while (!socket.isClosed()) {
            try {
                admit.accept(this, socket.accept());
            } catch (IOException e) {
                // Closed, which ends the loop, or a client that left before it was accepted, which is no concern.
            }
        }
    }
}
