package org.brokertck.redis;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.brokertck.api.ClosedException;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.target.Limits;
import org.brokertck.redis.broker.RedisMessageBroker;
import org.brokertck.redis.connection.Caller;
import org.brokertck.redis.connection.Failures;
import org.brokertck.redis.connection.Link;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.SizeLimits;
import org.brokertck.redis.connection.SocketOpener;
import org.brokertck.redis.partitioned.RedisPartitioned;
import org.brokertck.redis.pubsub.RedisPubSub;
import org.brokertck.redis.queue.RedisQueue;
import org.brokertck.redis.requestreply.RedisRequestReply;

/**
 * Queues, publish/subscribe, message brokers, request/reply and partitioned logs on a Redis server, 7.0 or newer. What queues, inboxes of
 * message brokers and logs hold is as durable as the server is set to be: nothing confirmed is lost with {@code appendonly yes} and {@code
 * appendfsync always}.
 *
 * <p>Whatever has one name on one server and database is one thing, wherever it is opened. Each open queue has up to 16 connections for its
 * callers and one for each consumer; each publish/subscribe broker has two; each message broker one, and one for each subscription; each
 * instance of request/reply one, another once it has asked, and one for each responder; each partitioned broker at most three, and no more
 * than configured.
 */
public final class RedisBroker implements AutoCloseable {
    /** 8 MiB of payload and 1 MiB of headers. */
    public static final Limits LIMITS = SizeLimits.LIMITS;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]{1,100}");

    private final RedisAddress address;
    private final Instances instances = new Instances();

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
        return open(name, config, RedisQueue::open, RedisQueue::isClosed);
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
        remove("queue", name, RedisQueue::remove);
    }

    /**
     * Opens a publish/subscribe broker. Those of one name on one server are one broker, wherever they are opened, in whatever database;
     * nothing is kept of it.
     *
     * @param name letters, digits, dots and hyphens, from 1 to 100 characters
     * @param config the settings that this instance goes by
     * @throws IllegalArgumentException when the name has other characters or another length
     * @throws ClosedException when the broker is closed
     * @throws org.brokertck.api.BrokerUnavailableException when the server cannot be reached or refuses
     */
    public PubSubBroker openPubSub(String name, PubSubConfig config) {
        return open(name, config, RedisPubSub::open, RedisPubSub::isClosed);
    }

    /**
     * Opens a partitioned broker. Those of one name on one server and database are one broker, wherever they are opened: they share
     * topics, groups and commits.
     *
     * @param name letters, digits, dots and hyphens, from 1 to 100 characters
     * @param config the settings that this instance goes by
     * @throws IllegalArgumentException when the name has other characters or another length
     * @throws ClosedException when the broker is closed
     * @throws org.brokertck.api.BrokerUnavailableException when the server cannot be reached or refuses
     */
    public PartitionedBroker openPartitioned(String name, PartitionedConfig config) {
        return open(name, config, RedisPartitioned::open, RedisPartitioned::isClosed);
    }

    /**
     * Deletes a partitioned broker with all of its topics and groups. Instances of it must be closed, wherever they are.
     *
     * @param name as for {@link #openPartitioned}; one that there is not is no error
     * @throws IllegalArgumentException when the name has other characters or another length
     * @throws ClosedException when the broker is closed
     * @throws org.brokertck.api.BrokerUnavailableException when the server cannot be reached or refuses
     */
    public void removePartitioned(String name) {
        remove("partitioned broker", name, RedisPartitioned::remove);
    }

    /**
     * Opens an instance of request/reply. Those of one name on one server and database reach each other's responders.
     *
     * @param name letters, digits, dots and hyphens, from 1 to 100 characters
     * @param config the settings that this instance goes by
     * @throws IllegalArgumentException when the name has other characters or another length
     * @throws ClosedException when the broker is closed
     * @throws org.brokertck.api.BrokerUnavailableException when the server cannot be reached or refuses
     */
    public RequestReply openRequestReply(String name, RequestReplyConfig config) {
        return open(name, config, RedisRequestReply::open, RedisRequestReply::isClosed);
    }

    /**
     * Deletes what instances of request/reply have left behind that were not closed. Those of the name must be closed, wherever they are.
     * Looks at all keys of the database, which takes the server a second for some million.
     *
     * @param name as for {@link #openRequestReply}; one that there is not is no error
     * @throws IllegalArgumentException when the name has other characters or another length
     * @throws ClosedException when the broker is closed
     * @throws org.brokertck.api.BrokerUnavailableException when the server cannot be reached or refuses
     */
    public void removeRequestReply(String name) {
        remove("request/reply", name, RedisRequestReply::remove);
    }

    /**
     * Opens a message broker. Those of one name on one server and database share their topics, wherever they are opened. The server holds
     * what waits in memory, so {@link BrokerConfig#capacity()} binds here too: a produce waits for room with every subscriber.
     *
     * <p>A subscriber whose process died is fed for up to ten minutes more; one that cannot reach the server for so long, while the server
     * runs, misses what is produced after that.
     *
     * @param name letters, digits, dots and hyphens, from 1 to 100 characters
     * @param config the settings that this instance goes by
     * @throws IllegalArgumentException when the name has other characters or another length
     * @throws ClosedException when the broker is closed
     * @throws org.brokertck.api.BrokerUnavailableException when the server cannot be reached or refuses
     */
    public MessageBroker openBroker(String name, BrokerConfig config) {
        return open(name, config, RedisMessageBroker::open, RedisMessageBroker::isClosed);
    }

    /**
     * Deletes a message broker with what waits for its subscribers. Instances of it must be closed, wherever they are. Looks at all keys of
     * the database, which takes the server a second for some million.
     *
     * @param name as for {@link #openBroker}; one that there is not is no error
     * @throws IllegalArgumentException when the name has other characters or another length
     * @throws ClosedException when the broker is closed
     * @throws org.brokertck.api.BrokerUnavailableException when the server cannot be reached or refuses
     */
    public void removeBroker(String name) {
        remove("broker", name, RedisMessageBroker::remove);
    }

    private <C, T extends AutoCloseable> T open(
            String name, C config, Opener<? super C, T> opener, Predicate<T> isClosed) {
        requireName(name);
        Objects.requireNonNull(config, "config");
        requireOpen();
        T opened = opener.open(name, config, address);
        instances.keep(opened, isClosed);
        requireOpen();
        return opened;
    }

    private void remove(String what, String name, Remover remover) {
        requireName(name);
        requireOpen();
        try (Link link = Link.open(address, new SocketOpener(address, ANSWER_TIMEOUT), "brokertck-redis-remove")) {
            remover.remove(name, link, ANSWER_TIMEOUT);
        } catch (RedisFailure e) {
            throw new Failures(address).unavailable(e, "remove " + what + " '" + name + "'");
        }
    }

    /** Opens an instance of one contract. */
    private interface Opener<C, T> {
        T open(String name, C config, RedisAddress address);
    }

    /** Deletes what the server keeps of one contract. */
    private interface Remover {
        void remove(String name, Caller link, Duration timeout);
    }

    /** Closes all that was opened here, each as its own {@code close()} does. Closing again does nothing more. */
    @Override
    public void close() {
        instances.close();
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
        if (instances.isClosed()) {
            throw new ClosedException("The broker for Redis at " + address + " is closed: make a new one.");
        }
    }
}
