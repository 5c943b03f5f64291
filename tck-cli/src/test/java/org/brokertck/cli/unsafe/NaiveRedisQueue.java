package org.brokertck.cli.unsafe;

import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XAddParams;

/**
 * A queue on a Redis stream as one writes it in an afternoon: a consumer group, what failed stays pending until it is due, no
 * care for anything that the rules in question do not ask for. Its {@link RedisHabit}s make it unsafe.
 */
final class NaiveRedisQueue implements MessageQueue {
    static final String GROUP = "workers";

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final String BODY = "body";

    private final URI uri;
    private final String name;
    private final QueueConfig config;
    private final Set<RedisHabit> habits;
    private final NaiveCounters counters = new NaiveCounters();
    private final List<NaiveRedisConsumer> consumers = new CopyOnWriteArrayList<>();
    private @Nullable Jedis producing;
    private volatile boolean closed;

    NaiveRedisQueue(URI uri, String name, QueueConfig config, Set<RedisHabit> habits) {
        this.uri = uri;
        this.name = name;
        this.config = config;
        this.habits = habits;
    }

    /** Deletes a queue and its dead letters. */
    static void remove(URI uri, String name) {
        try (Jedis jedis = new Jedis(uri, TIMEOUT_MILLIS)) {
            jedis.del(name, deadList(name));
        } catch (JedisException e) {
            throw new BrokerUnavailableException("Queue " + name + " cannot be deleted", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void produce(Message message) {
        requireOpen();
        try {
            add(message.withRetries(0));
            counters.countProduced();
        } catch (JedisException e) {
            // Naive, but honest: whatever went wrong, the server may have the message.
            throw new OperationTimeoutException("Nobody knows whether queue " + name + " took the message", e);
        }
    }

    @Override
    public Consumer consume(MessageHandler handler) {
        requireOpen();
        try (Jedis jedis = connect()) {
            StreamEntryID from =
                    has(RedisHabit.GROUP_AT_END) ? StreamEntryID.XGROUP_LAST_ENTRY : new StreamEntryID(0, 0);
            jedis.xgroupCreate(name, GROUP, from, true);
        } catch (JedisDataException alreadyThere) {
            // Made by an earlier consumer.
        } catch (JedisException e) {
            throw new BrokerUnavailableException("Queue " + name + " cannot be consumed", e);
        }
        NaiveRedisConsumer consumer = new NaiveRedisConsumer(this, handler);
        consumers.add(consumer);
        consumer.start();
        return consumer;
    }

    @Override
    public DeadLetters deadLetters() {
        return new NaiveDeadLetters(this::listDeadLetters);
    }

    @Override
    public QueueMetrics metrics() {
        return counters.metrics();
    }

    @Override
    public void close() {
        closed = true;
        consumers.forEach(NaiveRedisConsumer::close);
        closeProducing();
    }

    boolean has(RedisHabit habit) {
        return habits.contains(habit);
    }

    QueueConfig config() {
        return config;
    }

    NaiveCounters counters() {
        return counters;
    }

    /** @throws JedisException when the server cannot be reached */
    Jedis connect() {
        return new Jedis(uri, TIMEOUT_MILLIS);
    }

    static String deadList(String name) {
        return name + ":dead";
    }

    static Map<String, String> entry(Message message) {
        return Map.of(BODY, text(NaiveEnvelope.of(message)));
    }

    static Message message(Map<String, String> entry) {
        return NaiveEnvelope.message(Base64.getDecoder().decode(entry.get(BODY)));
    }

    static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private synchronized void add(Message message) {
        Jedis jedis = producing;
        if (jedis == null || jedis.isBroken()) {
            jedis = connect();
            producing = jedis;
        }
        StreamEntryID unused = jedis.xadd(name, XAddParams.xAddParams(), entry(message));
    }

    private synchronized void closeProducing() {
        if (producing != null) {
            producing.disconnect();
        }
    }

    private List<DeadLetter> listDeadLetters(int limit) {
        requireOpen();
        try (Jedis jedis = connect()) {
            return jedis.lrange(deadList(name), 0, limit - 1L).stream()
                    .map(it -> NaiveEnvelope.deadLetter(Base64.getDecoder().decode(it)))
                    .toList();
        } catch (JedisException e) {
            throw new BrokerUnavailableException("The dead letters of queue " + name + " cannot be read", e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("Queue " + name + " is closed");
        }
    }
}
