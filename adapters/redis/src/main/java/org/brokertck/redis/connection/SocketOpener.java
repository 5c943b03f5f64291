package org.brokertck.redis.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Opens one connection over a channel instead of a plain socket: a thread that waits on a channel can be interrupted
 * (rule G-9), and closing the channel ends any wait on it at once, in TLS too, where closing the socket may block.
 */
public final class SocketOpener implements JedisSocketFactory {
    private final RedisAddress address;
    private final int timeoutMillis;
    private volatile @Nullable SocketChannel channel;

    public SocketOpener(RedisAddress address, Duration timeout) {
        this.address = address;
        this.timeoutMillis = millis(timeout);
    }

    @Override
    public Socket createSocket() {
        JedisConnectionException failure = null;
        try {
            for (InetAddress host : InetAddress.getAllByName(address.host())) {
                try {
                    return connect(host);
                } catch (IOException e) {
                    JedisConnectionException next = new JedisConnectionException(String.valueOf(e.getMessage()), e);
                    if (failure != null) {
                        next.addSuppressed(failure);
                    }
                    failure = next;
                }
            }
        } catch (IOException e) {
            throw new JedisConnectionException("unknown host", e);
        }
        throw failure != null ? failure : new JedisConnectionException("the host has no address");
    }

    /**
     * Whether the server's end is still open, as far as this machine knows. Only while no reply is awaited. In TLS the answer
     * is always yes: what lies in the channel there is for the cipher to read.
     */
    public boolean isOpen() {
        SocketChannel open = channel;
        if (open == null || address.tls()) {
            return open != null;
        }
        try {
            open.configureBlocking(false);
            try {
                // Nothing to read is as it should be. The end of the stream, or bytes that nobody asked for, are not.
                return open.read(ByteBuffer.allocate(1)) == 0;
            } finally {
                open.configureBlocking(true);
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Breaks the connection under whoever uses it now. */
    public void cut() {
        SocketChannel open = channel;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is of no use any more, which is all that was wanted.
            }
        }
    }

    /** For a socket, where zero would mean to wait for ever; an hour is longer than any wait here and fits an int. */
    public static int millis(Duration timeout) {
        return (int) Math.max(1, Math.min(timeout.toMillis(), 3_600_000));
    }

    private Socket connect(InetAddress host) throws IOException {
        SocketChannel open = SocketChannel.open();
        boolean done = false;
        try {
            channel = open;
            open.setOption(StandardSocketOptions.TCP_NODELAY, true);
            open.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            Socket socket = open.socket();
            socket.connect(new InetSocketAddress(host, address.port()), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            Socket ready = address.tls() ? encrypted(socket) : socket;
            done = true;
            return ready;
        } finally {
            if (!done) {
                open.close();
            }
        }
    }

    private Socket encrypted(Socket socket) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secure = (SSLSocket) factory.createSocket(socket, address.host(), address.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    @Override
    public String toString() {
        return address.hostAndPort();
    }
}
