package com.example;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.api.target.Limits;

/**
 * A bounded work queue in memory. One lock guards everything, so that each step is seen done or not begun, and one
 * condition tells of every change; handlers run outside the lock, each consumer's on a thread of its own.
 */
public final class OwnQueue implements MessageQueue {
    private static final Limits LIMITS = Limits.DEFAULT;

    private final String name;
    private final QueueConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    private final OwnDeadLetters deadLetters = new OwnDeadLetters(this);
    private final List<OwnConsumer> consumers = new ArrayList<>();
    private boolean closed;
    private long arrivals;
    private long unsettled;
    private long produced;
    private long consumed;
    private long failed;

    /** Opens a queue. Each one is a queue of its own, whatever its name. */
    public OwnQueue(String name, QueueConfig config) {
        this.name = Objects.requireNonNull(name, "name");
        this.config = Objects.requireNonNull(config, "config");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void produce(Message message) {
        requireFits(Objects.requireNonNull(message, "message"));
        whileOpen(() -> {
            boolean room = await(() -> closed || unsettled < config.capacity(), config.produceTimeout());
            requireOpen();
            if (!room) {
                throw new QueueFullException("Queue '" + name + "' is full with " + unsettled
                        + " unsettled messages: consume faster, or raise its capacity or produceTimeout");
            }
            produced++;
            return enter(message);
        });
    }

    @Override
    public Consumer consume(MessageHandler handler) {
        OwnConsumer consumer = new OwnConsumer(this, Objects.requireNonNull(handler, "handler"));
        return whileOpen(() -> {
            consumers.removeIf(it -> !it.thread.isAlive());
            consumers.add(consumer);
            consumer.thread.start();
            return consumer;
        });
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public QueueMetrics metrics() {
        return locked(() -> {
            long inFlight = consumers.stream().filter(it -> it.handling).count();
            return new QueueMetrics(produced, consumed, failed, inFlight, deadLetters.size());
        });
    }

    @Override
    public void close() {
        boolean first = locked(() -> {
            boolean open = !closed;
            closed = true;
            return open;
        });
        if (!end(consumers) && first) { // a handler cannot wait for its own end, so somebody else does
            new Thread(this::close, name + "-closer").start();
        }
    }

    /** Ends consumers and waits for their handlers; false when one of these asks, since it cannot wait for itself. */
    boolean end(List<OwnConsumer> ending) {
        boolean inside = ending.stream().anyMatch(it -> it.thread == Thread.currentThread());
        locked(() -> {
            ending.forEach(it -> it.closed = true);
            changed.signalAll();
            return inside || drain(ending);
        });
        if (!inside) {
            ending.forEach(OwnConsumer::join);
        }
        return !inside;
    }

    /** Waits for the handlers that run; interrupts those that still do when the time is up or the wait is interrupted. */
    private boolean drain(List<OwnConsumer> ending) {
        try {
            return await(() -> ending.stream().noneMatch(it -> it.handling && !it.abandoned), config.drainTimeout());
        } finally {
            ending.stream().filter(it -> it.handling).forEach(it -> {
                it.abandoned = true;
                it.thread.interrupt();
            });
            changed.signalAll();
        }
    }

    /** Waits for a message that is due and counts it as in flight, in one step; null when the consumer shall end. */
    Message take(OwnConsumer consumer) {
        return locked(() -> {
            while (!closed && !consumer.closed) {
                Waiting first = waiting.peek();
                long wait = first == null ? Long.MAX_VALUE : first.due() - System.nanoTime();
                if (wait <= 0) {
                    Thread.interrupted(); // a flag that the last handler left behind is no business of the next
                    consumer.handling = true;
                    return waiting.remove().message();
                }
                try {
                    changed.awaitNanos(wait);
                } catch (InterruptedException leftBehind) {
                    // As above: look again.
                }
            }
            return null;
        });
    }

    /** Ends an attempt, counts its outcome and moves its message on, in one step. */
    void settle(OwnConsumer consumer, Message message, Throwable failure) {
        lock.lock();
        try {
            consumer.handling = false;
            if (closed && consumer.abandoned) {
                return; // the close that gave up on the handler may have returned, and its figures are the last ones
            }
            if (failure == null) {
                consumed++;
                unsettled--;
            } else {
                fail(message, failure);
            }
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private void fail(Message message, Throwable failure) {
        failed++;
        if (message.retries() < message.maxRetries()) {
            long delay = config.backoff().delayAfter(message.retries()).toNanos();
            double kept =
                    1 - config.backoff().jitter() * ThreadLocalRandom.current().nextDouble();
            put(message.withRetries(message.retries() + 1), (long) (delay * kept));
        } else {
            deadLetters.add(DeadLetter.of(message, failure));
            unsettled--;
        }
    }

    /** Under the lock: lets a produced or redriven message in at the end; attempts that it had before do not count. */
    boolean enter(Message message) {
        unsettled++;
        return put(message.withRetries(0), 0);
    }

    private boolean put(Message message, long delayNanos) {
        changed.signalAll();
        return waiting.add(new Waiting(message, System.nanoTime() + delayNanos, arrivals++));
    }

    /** Takes one step under the lock, if the queue is open. */
    <T> T whileOpen(Supplier<T> step) {
        return locked(() -> {
            requireOpen();
            return step.get();
        });
    }

    private <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    /** Waits under the lock until the condition holds; false when the time runs out first. */
    private boolean await(BooleanSupplier condition, Duration limit) {
        try {
            long left = limit.toNanos();
            while (!condition.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return condition.getAsBoolean();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while waiting in queue '" + name + "'", e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("Queue '" + name + "' is closed: open a new one");
        }
    }

    private static void requireFits(Message message) {
        int headerBytes = 0;
        for (var header : message.headers().entrySet()) {
            headerBytes += (header.getKey() + header.getValue()).getBytes(StandardCharsets.UTF_8).length;
        }
        if (message.payloadSize() > LIMITS.maxPayloadBytes() || headerBytes > LIMITS.maxHeaderBytes()) {
            throw new MessageTooLargeException("A message of " + message.payloadSize() + " payload bytes and "
                    + headerBytes + " header bytes is over the limits " + LIMITS);
        }
    }
}
