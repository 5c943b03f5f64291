package org.brokertck.redis;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.brokertck.api.ClosedException;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Limits;
import redis.clients.jedis.Protocol.Command;

/**
 * Queues on a Redis server, 7.0 or newer. What a queue holds is as durable as the server is set to be: nothing confirmed is
 * lost with {@code appendonly yes} and {@code appendfsync always}.
 *
 * <p>Queues of one name on one server and database are one queue, wherever they are opened. Each open queue has up to 16
 * connections for its callers and one for each consumer.
 */
public final class RedisBroker implements AutoCloseable {
    /** 16 MiB of payload and 1 MiB of headers. */
    public static final Limits LIMITS = new Limits(16 << 20, 1 << 20);

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]{1,100}");

    private final RedisAddress address;
    private final Set<RedisQueue> queues = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Names the server; no connection is made yet.
     *
     * @param uri {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss://} for TLS, by which the
     *     server's certificate is checked against the platform's trusted ones
     * @throws IllegalArgumentException when it is something else
     */
    public RedisBroker(URI uri) {
        this.address = RedisAddress.of(uri);
    }

    /**
     * Opens a queue, and makes it when there is none of that name.
     *
     * @param name letters, digits, dots and hyphens, from 1 to 100 characters
     * @param config the settings that this instance goes by
     * @throws IllegalArgumentException when the name has other characters or another length
     * @throws ClosedException when the broker is closed
     * @throws org.brokertck.api.BrokerUnavailableException when the server cannot be reached or refuses
     */
    public MessageQueue openQueue(String name, QueueConfig config) {
        requireName(name);
        Objects.requireNonNull(config, "config");
        requireOpen();
        String instance = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        RedisQueue queue = RedisQueue.open(QueueParts.of(name, instance, config, address));
        queues.removeIf(RedisQueue::isClosed);
        queues.add(queue);
        if (closed) {
            queue.close();
            requireOpen();
        }
        return queue;
    }

    /**
     * Deletes a queue with everything in it, dead letters included. Instances of it must be closed, wherever they are.
     *
     * @param name as for {@link #openQueue}; one that there is not is no error
     * @throws IllegalArgumentException when the name has other characters or another length
     * @throws ClosedException when the broker is closed
     * @throws org.brokertck.api.BrokerUnavailableException when the server cannot be reached or refuses
     */
    public void removeQueue(String name) {
        requireName(name);
        requireOpen();
        try (Link link = Link.open(address, new SocketOpener(address, ANSWER_TIMEOUT), "brokertck-redis-remove")) {
            Object unused = link.call(ANSWER_TIMEOUT, Command.DEL, new Keys(name, "").ofQueue());
        } catch (RedisFailure e) {
            throw new Failures(address).unavailable(e, "remove queue '" + name + "'");
        }
    }

    /** Closes all queues that were opened here, as {@link MessageQueue#close()} does. Closing again does nothing more. */
    @Override
    public void close() {
        closed = true;
        RuntimeException failure = null;
        for (RedisQueue queue : List.copyOf(queues)) {
            try {
                queue.close();
            } catch (RuntimeException e) {
                // The others are closed all the same; an interrupt counts for each.
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** The address alone. */
    @Override
    public String toString() {
        return "Redis at " + address;
    }

    RedisAddress address() {
        return address;
    }

    private static void requireName(String name) {
        if (!NAME.matcher(Objects.requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException(
                    "name is '" + name + "': it must be 1 to 100 letters, digits, dots and hyphens");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("The broker for Redis at " + address + " is closed: make a new one.");
        }
    }
}
