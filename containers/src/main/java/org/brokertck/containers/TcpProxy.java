package org.brokertck.containers;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands between clients and a server: it gives the server an address that stays the same while the server's own changes,
 * and breaks connections on demand. It listens on the loopback interface only. Its threads are daemons and end with it.
 */
final class TcpProxy implements AutoCloseable {
    private final InetSocketAddress address;
    /** Guarded by this: accepting, refusing and closing take their time, one after the other. */
    private Socket reservation;

    private boolean closed;

    /** Guards what the accepting thread shares; held for moments only. */
    private final Object lock = new Object();

    private final Set<ProxyConnection> connections = new HashSet<>();
    private @Nullable InetSocketAddress upstream;
    private @Nullable ProxyListener listener;

    /** Reserves a free port; connections to it are refused until {@link #accept}. */
    TcpProxy() {
        try {
            byte[] loopback = {127, 0, 0, 1};
            reservation = reserve(new InetSocketAddress(InetAddress.getByAddress(loopback), 0));
        } catch (IOException e) {
            throw new UncheckedIOException("The proxy found no free port on the loopback interface", e);
        }
        address = (InetSocketAddress) reservation.getLocalSocketAddress();
    }

    /** Where clients connect; the same for the proxy's whole life. */
    InetSocketAddress address() {
        return address;
    }

    /**
     * Takes connections from now on and passes new ones on to the given address.
     *
     * @throws IllegalStateException when the proxy is closed
     */
    synchronized void accept(InetSocketAddress newUpstream) {
        if (closed) {
            throw new IllegalStateException(this + " is closed");
        }
        synchronized (lock) {
            upstream = newUpstream;
            if (listener == null) {
                closeQuietly(reservation);
                listener = ProxyListener.start(listen(address), this::admit);
            }
        }
    }

    /** Whether connections are taken. */
    boolean isAccepting() {
        synchronized (lock) {
            return listener != null;
        }
    }

    /** Resets every connection that there is at the call, on both sides. New ones are taken. */
    void cut() {
        List<ProxyConnection> broken;
        synchronized (lock) {
            broken = List.copyOf(connections);
        }
        broken.forEach(ProxyConnection::reset);
        broken.forEach(ProxyConnection::join);
    }

    /** Resets the connections and refuses new ones, as though no server were there. Does nothing when it already does. */
    synchronized void refuse() {
        if (stopListening()) {
            try {
                reservation = reserve(address);
            } catch (IOException e) {
                // Only a precaution: the port is refused without it, too.
            }
        }
        cut();
    }

    /** Resets all connections and ends all threads. Closing again does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        closeQuietly(reservation);
        stopListening();
        cut();
    }

    @Override
    public String toString() {
        return "TcpProxy[" + address + "]";
    }

    private void admit(ProxyListener from, Socket client) {
        synchronized (lock) {
            // A connection that was taken while the listener closed must not outlive the cut that follows.
            if (listener == from && upstream != null) {
                ProxyConnection connection = new ProxyConnection(client, upstream, this::forget);
                connections.add(connection);
                connection.start();
                return;
            }
        }
        ProxyConnection.resetAndClose(client);
    }

    private boolean stopListening() {
        ProxyListener ended;
        synchronized (lock) {
            ended = listener;
            listener = null;
        }
        if (ended == null) {
            return false;
        }
        // Not under the lock, which the accepting thread may want before it ends.
        ended.close();
        return true;
    }

    private void forget(ProxyConnection connection) {
        synchronized (lock) {
            connections.remove(connection);
        }
    }

    private static ServerSocket listen(InetSocketAddress where) {
        try {
            ServerSocket socket = new ServerSocket();
            // Without it the port is not to be had for a minute after connections were closed.
            socket.setReuseAddress(true);
            socket.bind(where);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("The proxy cannot listen at " + where, e);
        }
    }

    /**
     * Binds the port without listening, which refuses connections as a dead server does. Were the port free, the system
     * could give it to another program, or to a reconnecting client as its own, which then connects to itself.
     */
    private static Socket reserve(InetSocketAddress where) throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        socket.bind(where);
        return socket;
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
