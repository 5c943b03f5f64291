package org.brokertck.redis.queue;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.brokertck.api.BrokerException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.redis.connection.Caller;
import org.brokertck.redis.connection.Link;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.RedisFailure;
import redis.clients.jedis.Protocol.Command;

/** One open queue: puts its parts together and passes the calls on to them. */
public final class RedisQueue implements MessageQueue {
    private final QueueParts parts;
    private final Housekeeping housekeeping;
    private final Retries retries;
    private final ConsumerList consumers;
    private final Producer producer;
    private final Calls calls;
    private final RedisDeadLetters deadLetters;
    private final QueueClosing closing;
    private volatile long lastDeadLetters;

    private RedisQueue(QueueParts parts) {
        this.parts = parts;
        this.housekeeping = new Housekeeping(parts);
        this.retries = new Retries(parts, housekeeping.timer());
        this.consumers = new ConsumerList(parts, retries);
        this.producer = new Producer(parts, new WriteGuard(housekeeping.timer()));
        this.calls = new Calls(parts);
        this.deadLetters = new RedisDeadLetters(parts, calls);
        this.closing = new QueueClosing(parts, consumers, housekeeping, this::lookAtDeadLetters);
    }

    /**
     * Opens a queue.
     *
     * @throws org.brokertck.api.BrokerUnavailableException when there is no connection; then nothing is left of it
     */
    public static RedisQueue open(String name, QueueConfig config, RedisAddress address) {
        String instance = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        QueueParts parts = QueueParts.of(name, instance, config, address);
        RedisQueue queue = new RedisQueue(parts);
        boolean opened = false;
        try {
            Boolean unused = queue.calls.repeatable("open queue '" + parts.queue() + "'", (link, time) -> {
                parts.server().open(link, time);
                return true;
            });
            queue.housekeeping.start(queue.consumers, queue.retries);
            opened = true;
            return queue;
        } finally {
            if (!opened) {
                queue.close();
            }
        }
    }

    /** Deletes all that the server keeps of a queue. */
    public static void remove(String name, Caller link, Duration timeout) {
        Object unused = link.call(timeout, Command.DEL, new Keys(name, "").ofQueue());
    }

    @Override
    public String name() {
        return parts.queue();
    }

    @Override
    public void produce(Message message) {
        producer.produce(Objects.requireNonNull(message, "message"));
    }

    @Override
    public Consumer consume(MessageHandler handler) {
        Objects.requireNonNull(handler, "handler");
        parts.lifecycle().requireOpen();
        boolean interrupted = Thread.interrupted();
        try {
            return consumers.start(handler);
        } catch (RedisFailure e) {
            throw parts.failures().unavailable(e, "consume from queue '" + parts.queue() + "'");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public QueueMetrics metrics() {
        if (parts.lifecycle().isClosing()) {
            return sample(lastDeadLetters);
        }
        try {
            return deadLetters.whileNoneReturns(() -> {
                lastDeadLetters = calls.repeatable(
                        "count the dead letters of queue '" + parts.queue() + "'",
                        (link, time) -> parts.server().countDead(link, time));
                return sample(lastDeadLetters);
            });
        } catch (BrokerException e) {
            if (parts.lifecycle().isClosing()) {
                return sample(lastDeadLetters);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        closing.close();
    }

    /** Whether the closing has begun. */
    public boolean isClosed() {
        return parts.lifecycle().isClosing();
    }

    /** The order matters: see {@link Counters}. What is dead was counted before. */
    private QueueMetrics sample(long dead) {
        Counters counters = parts.counters();
        long consumed = counters.consumed.sum();
        long failed = counters.failed.sum();
        long running = counters.running.get();
        return new QueueMetrics(counters.produced.sum(), consumed, failed, running, dead);
    }

    private void lookAtDeadLetters(Link link) {
        lastDeadLetters = parts.server().countDead(link, Ending.TIMEOUT);
    }
}
