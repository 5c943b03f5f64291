package org.brokertck.redis.connection;

import java.time.Duration;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One connection to the server, for one thread at a time; only {@link #cut()} may come from another. It tells apart what
 * certainly was not sent, what was refused and what got lost.
 */
public final class Link implements Caller, AutoCloseable {
    private final RedisAddress address;
    private final SocketOpener opener;
    private final Connection connection;
    private volatile boolean cut;

    private Link(RedisAddress address, SocketOpener opener, Connection connection) {
        this.address = address;
        this.opener = opener;
        this.connection = connection;
    }

    /**
     * Connects and logs in.
     *
     * @param opener makes the socket; whoever holds it can break off the connecting
     * @param clientName for the server's list of clients; no spaces
     * @throws RedisFailure when there is no connection, or the server refuses the login
     */
    public static Link open(RedisAddress address, SocketOpener opener, String clientName) {
        try {
            // RESP2, whose replies have one shape on every server from 7.0 on.
            DefaultJedisClientConfig config = DefaultJedisClientConfig.builder()
                    .resp2()
                    .user(address.user())
                    .password(address.password())
                    .database(address.database())
                    .clientName(clientName)
                    .build();
            return new Link(address, opener, new Connection(opener, config));
        } catch (JedisDataException e) {
            opener.cut();
            throw failure(address, Kind.REFUSED, e);
        } catch (JedisException e) {
            opener.cut();
            throw failure(address, Kind.NOT_SENT, e);
        }
    }

    @Override
    public @Nullable Object call(Duration timeout, ProtocolCommand command, byte[]... arguments) {
        try {
            connection.setSoTimeout(SocketOpener.millis(timeout));
            CommandArguments line = new CommandArguments(command);
            for (byte[] argument : arguments) {
                line.add(argument);
            }
            return connection.executeCommand(line);
        } catch (JedisDataException e) {
            throw failure(address, Kind.REFUSED, e);
        } catch (JedisException e) {
            cut();
            throw failure(address, Kind.LOST, e);
        }
    }

    /** Whether nothing spoke against it so far; the server may be gone all the same. */
    public boolean isUsable() {
        return !cut && !connection.isBroken();
    }

    /** As {@link #isUsable()}, and looks whether the server has closed its end; only while no reply is awaited. */
    public boolean isAlive() {
        return isUsable() && opener.isOpen();
    }

    /** Breaks the connection under whoever uses it now. From any thread; never waits. */
    public void cut() {
        cut = true;
        opener.cut();
    }

    @Override
    public void close() {
        cut();
    }

    static RedisFailure failure(RedisAddress address, Kind kind, JedisException e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return new RedisFailure(kind, address.redact(text), address.safe(e));
    }
}
