package org.brokertck.rabbitmq.connection;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.SocketConfigurators;
import java.io.IOException;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** Opens connections with the settings that the rest of this package counts on. */
public final class Connector {
    private static final int HEARTBEAT_SECONDS = 10;

    private final ServerAddress address;
    private final Duration answerTimeout;

    /** @param answerTimeout how long the server may take to accept a connection, and then for any answer */
    public Connector(ServerAddress address, Duration answerTimeout) {
        this.address = address;
        this.answerTimeout = answerTimeout;
    }

    /** To the same server, with another patience. */
    public Connector within(Duration timeout) {
        return new Connector(address, timeout);
    }

    public ServerAddress address() {
        return address;
    }

    public Duration answerTimeout() {
        return answerTimeout;
    }

    /**
     * Opens a connection that does not recover by itself.
     *
     * @param name shown by the server's own tools
     * @param reader makes the thread that reads from the server
     * @param executor runs callbacks and heartbeats; the caller's to shut down
     * @param socket is given the socket before it connects, so that a stuck attempt can be ended by closing it
     */
    public Connection open(
            String name, ThreadFactory reader, ScheduledExecutorService executor, Consumer<Socket> socket)
            throws IOException, TimeoutException {
        int millis = Math.toIntExact(Math.max(1, Math.min(answerTimeout.toMillis(), Integer.MAX_VALUE / 2)));
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(address.host());
        factory.setPort(address.port());
        factory.setVirtualHost(address.virtualHost());
        factory.setUsername(address.user());
        factory.setPassword(address.password());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setConnectionTimeout(millis);
        // The client halves it for each of the two steps of the handshake.
        factory.setHandshakeTimeout(millis);
        factory.setChannelRpcTimeout(millis);
        factory.setThreadFactory(reader);
        factory.setSharedExecutor(executor);
        factory.setHeartbeatExecutor(executor);
        factory.setShutdownExecutor(executor);
        factory.setSocketConfigurator(SocketConfigurators.defaultConfigurator().andThen(socket::accept));
        encrypt(factory);
        return factory.newConnection(name);
    }

    private void encrypt(ConnectionFactory factory) {
        if (address.tls()) {
            try {
                // The client's own default trusts any certificate.
                factory.useSslProtocol(SSLContext.getDefault());
                factory.enableHostnameVerification();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("This Java runtime has no default TLS context", e);
            }
        }
    }
}
