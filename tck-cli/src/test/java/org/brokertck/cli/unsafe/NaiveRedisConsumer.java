package org.brokertck.cli.unsafe;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetter;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * A thread that reads its own pending entries first, so that what failed or what a lost connection left is tried again, and
 * then new ones; each is acknowledged when it is settled.
 */
final class NaiveRedisConsumer implements Consumer {
    private static final int BLOCK_MILLIS = 20;
    private static final int ALL = 10_000;
    private static final Duration BREATH = Duration.ofMillis(50);
    private static final Duration LONG_DELAY = Duration.ofMillis(1_500);
    private static final StreamEntryID PENDING = new StreamEntryID(0, 0);

    private final NaiveRedisQueue queue;
    private final MessageHandler handler;
    private final String name = UUID.randomUUID().toString();
    private final Thread thread = new Thread(this::run, "naive-redis-consumer");
    private final Map<StreamEntryID, Failed> failed = new HashMap<>();
    private volatile boolean closing;
    private volatile boolean abandoned;

    /** How often an entry failed here, and when it is due again by {@link System#nanoTime()}. */
    private record Failed(int retries, long due) {}

    NaiveRedisConsumer(NaiveRedisQueue queue, MessageHandler handler) {
        this.queue = queue;
        this.handler = handler;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Waits for the running handler, unless it is the one that calls, until the drain timeout is over. What is pending is added
     * to the stream anew.
     */
    @Override
    public void close() {
        closing = true;
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            long drain = Math.max(1, queue.config().drainTimeout().toMillis());
            thread.join(drain);
            abandoned = thread.isAlive();
            thread.interrupt();
            thread.join(drain);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean left = false;
        while (!left) {
            try (Jedis jedis = queue.connect()) {
                while (!closing) {
                    if (!handle(jedis, read(jedis, PENDING))) {
                        handle(jedis, read(jedis, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
                    }
                }
                read(jedis, PENDING).forEach(it -> giveBack(jedis, it));
                left = true;
            } catch (JedisException e) {
                left = closing;
                LockSupport.parkNanos(BREATH.toNanos());
            }
        }
    }

    private List<StreamEntry> read(Jedis jedis, StreamEntryID from) {
        XReadGroupParams params = new XReadGroupParams();
        if (from.equals(PENDING)) {
            params.count(ALL);
        } else {
            params.count(queue.has(RedisHabit.BATCHES) ? 10 : 1).block(BLOCK_MILLIS);
        }
        if (queue.has(RedisHabit.NO_ACK)) {
            params.noAck();
        }
        var streams = jedis.xreadGroup(NaiveRedisQueue.GROUP, name, params, Map.of(queue.name(), from));
        return streams == null || streams.isEmpty() ? List.of() : streams.get(0).getValue();
    }

    /** Whether any entry was due. */
    private boolean handle(Jedis jedis, List<StreamEntry> entries) {
        boolean handled = false;
        for (StreamEntry entry : entries) {
            Failed before = failed.get(entry.getID());
            if (!closing && (before == null || before.due() - System.nanoTime() <= 0)) {
                handled = true;
                Message message = message(entry);
                Throwable failure = queue.counters().attempt(handler, message);
                if (!abandoned) {
                    settle(jedis, entry, message, failure);
                }
            }
        }
        return handled;
    }

    private Message message(StreamEntry entry) {
        Message message = NaiveRedisQueue.message(entry.getFields());
        Failed before = failed.get(entry.getID());
        return before == null ? message : message.withRetries(before.retries());
    }

    private void settle(Jedis jedis, StreamEntry entry, Message message, @Nullable Throwable failure) {
        if (failure == null) {
            failed.remove(entry.getID());
            jedis.xack(queue.name(), NaiveRedisQueue.GROUP, entry.getID());
        } else if (queue.has(RedisHabit.READD)) {
            replace(jedis, entry, message);
        } else if (message.retries() < message.maxRetries()) {
            long due = System.nanoTime() + delayAfter(message).toNanos();
            failed.put(entry.getID(), new Failed(message.retries() + 1, due));
        } else {
            park(jedis, entry, DeadLetter.of(message, failure));
        }
    }

    private Duration delayAfter(Message message) {
        Duration backoff = queue.config().backoff().delayAfter(message.retries());
        return queue.has(RedisHabit.LONG_DELAYS) && backoff.compareTo(LONG_DELAY) < 0 ? LONG_DELAY : backoff;
    }

    private void park(Jedis jedis, StreamEntry entry, DeadLetter letter) {
        try (Transaction both = jedis.multi()) {
            both.rpush(NaiveRedisQueue.deadList(queue.name()), NaiveRedisQueue.text(NaiveEnvelope.of(letter)));
            both.xack(queue.name(), NaiveRedisQueue.GROUP, entry.getID());
            both.exec();
        }
        failed.remove(entry.getID());
        queue.counters().countParked();
    }

    private void giveBack(Jedis jedis, StreamEntry entry) {
        replace(jedis, entry, message(entry));
    }

    private void replace(Jedis jedis, StreamEntry entry, Message message) {
        try (Transaction both = jedis.multi()) {
            both.xadd(queue.name(), XAddParams.xAddParams(), NaiveRedisQueue.entry(message));
            both.xack(queue.name(), NaiveRedisQueue.GROUP, entry.getID());
            both.exec();
        }
    }
}
