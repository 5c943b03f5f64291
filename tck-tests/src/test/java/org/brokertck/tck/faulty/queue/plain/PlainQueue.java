package org.brokertck.tck.faulty.queue.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.tck.scenario.LargeHeaders;

/**
 * A correct queue with one lock and one condition, made to be read and to be broken: each decision is a method that a variant
 * overrides. All but the public methods of the contract are called under the lock.
 */
public class PlainQueue extends PlainHandling {
    /** How long threads may take to die once nothing keeps them, and when a handler does. */
    private static final long LEAVING_MILLIS = 5_000;

    private static final long GRACE_MILLIS = 200;

    /** The consumers that may still have a thread. */
    protected final List<PlainConsumer> consumers = new ArrayList<>();

    /** Opens the queue, with what is on its shelf(). */
    @SuppressWarnings("this-escape") // variants know that they are called before their own fields are set
    public PlainQueue(Opening opening) {
        super(opening);
        locked(() -> {
            shelf().takeBack();
            List.copyOf(shelf().waiting).forEach(it -> schedule(it, it.dueNanos() - time().nanoTime()));
            return true;
        });
    }

    // ---- producing

    @Override
    public void produce(Message message) {
        Objects.requireNonNull(message, "message");
        checkSize(message);
        locked(() -> {
            requireUsable(config().produceTimeout());
            awaitRoom();
            accept(stored(message));
            return true;
        });
    }

    /** Refuses what is too large. */
    protected void checkSize(Message message) {
        if (message.payloadSize() > limits().maxPayloadBytes()) {
            throw new MessageTooLargeException("The payload has " + message.payloadSize() + " bytes, and queue '"
                    + name() + "' takes " + limits().maxPayloadBytes() + " at most");
        }
        if (headerBytes(message) > limits().maxHeaderBytes()) {
            throw new MessageTooLargeException("The headers have " + headerBytes(message) + " bytes, and queue '"
                    + name() + "' takes " + limits().maxHeaderBytes() + " at most");
        }
    }

    /** The size of its headers. */
    protected long headerBytes(Message message) {
        return LargeHeaders.bytes(message.headers());
    }

    /** Refuses calls to a queue that cannot serve them. */
    protected void requireUsable(Duration patience) {
        if (closing) {
            throw new ClosedException("Queue '" + name() + "' is closed: open a new one");
        }
    }

    /** Waits until there is room. */
    protected void awaitRoom() {
        long deadline = time().nanoTime() + patienceNanos();
        boolean inTime = true;
        while (!hasRoom()) {
            if (!inTime) {
                throw new QueueFullException("Queue '" + name() + "' is full with " + config().capacity());
            }
            try {
                inTime = time().awaitUntil(shelf().lock, shelf().changed, deadline);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException(
                        "Interrupted while waiting for room in queue '" + name() + "'", e);
            }
            requireUsable(Duration.ZERO);
        }
    }

    /** How long a produce waits for room. */
    protected long patienceNanos() {
        return config().produceTimeout().toNanos();
    }

    /** Whether one more message fits. */
    protected boolean hasRoom() {
        return shelf().unsettled() < config().capacity();
    }

    /** What is kept of a produced message. */
    protected Message stored(Message message) {
        return message.withRetries(0);
    }

    /** Takes a message in. */
    protected void accept(Message message) {
        produced++;
        enqueue(message);
    }

    // ---- consuming

    @Override
    public Consumer consume(MessageHandler handler) {
        Objects.requireNonNull(handler, "handler");
        return locked(() -> {
            requireUsable(config().produceTimeout());
            consumers.removeIf(it -> !it.thread().isAlive());
            PlainConsumer consumer = newConsumer(handler);
            consumer.start();
            consumers.add(consumer);
            return consumer;
        });
    }

    /** A consumer, not yet started. */
    protected PlainConsumer newConsumer(MessageHandler handler) {
        return new PlainConsumer(this, handler);
    }

    // ---- dead letters

    @Override
    public DeadLetters deadLetters() {
        return new PlainDeadLetters(this);
    }

    /** The oldest dead letters. */
    protected List<DeadLetter> listed(int limit) {
        return new ArrayList<>(shelf().parked.stream().limit(limit).toList());
    }

    /** Returns the oldest dead letters to the queue. */
    protected int redrive(int limit) {
        int count = Math.min(limit, shelf().parked.size());
        for (int i = 0; i < count; i++) {
            enqueue(redriven(shelf().parked.removeFirst()));
        }
        return count;
    }

    /** What goes back to the queue. */
    protected Message redriven(DeadLetter letter) {
        return letter.message().withRetries(0);
    }

    /** Deletes all dead letters. */
    protected int purge() {
        int count = shelf().parked.size();
        shelf().parked.clear();
        return count;
    }

    // ---- metrics

    @Override
    public QueueMetrics metrics() {
        return locked(this::snapshot);
    }

    /** The counters. */
    protected QueueMetrics snapshot() {
        return new QueueMetrics(
                produced, consumed, failed, inFlight, shelf().parked.size());
    }

    // ---- closing

    @Override
    public void close() {
        boolean inTime = true;
        shelf().lock.lock();
        try {
            beginClosing();
            if (consumers.stream().anyMatch(this::isOwnThread)) {
                return;
            }
            inTime = awaitIdle(() -> !ended);
            if (!inTime || Thread.currentThread().isInterrupted()) {
                cutOff();
            }
        } finally {
            shelf().lock.unlock();
        }
        boolean interrupted = Thread.interrupted();
        joinAll();
        if (time() instanceof SystemTimeSource own) {
            own.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while closing queue '" + name() + "': it is closed all"
                    + " the same, and the handlers that still ran were interrupted");
        }
    }

    /** From here on no handler starts. */
    protected void beginClosing() {
        if (closing) {
            return;
        }
        closing = true;
        shelf().waiting.forEach(Waiting::cancel);
        if (inFlight == 0) {
            end();
        } else {
            time().schedule(config().drainTimeout(), () -> locked(() -> cutOff()));
        }
        shelf().changed.signalAll();
    }

    /** Interrupts what still runs, and ends. */
    protected boolean cutOff() {
        if (!ended) {
            consumers.forEach(PlainConsumer::interruptHandler);
            end();
        }
        return true;
    }

    @Override
    protected void end() {
        ended = true;
        shelf().takeBack();
        if (time() instanceof SystemTimeSource own) {
            own.shutdown();
        }
    }

    /**
     * Waits while something is busy and the queue has not ended, for the drain timeout or until interrupted, which leaves the
     * flag set.
     *
     * @return whether it came in time
     */
    protected final boolean awaitIdle(BooleanSupplier busy) {
        long deadline = time().nanoTime() + config().drainTimeout().toNanos();
        boolean inTime = true;
        try {
            while (busy.getAsBoolean() && !ended && inTime) {
                inTime = time().awaitUntil(shelf().lock, shelf().changed, deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return inTime;
    }

    /** Whether the caller is the thread of this consumer. */
    protected boolean isOwnThread(PlainConsumer consumer) {
        return consumer.thread() == Thread.currentThread();
    }

    private void joinAll() {
        locked(() -> List.copyOf(consumers)).forEach(it -> join(it.thread()));
    }

    /** Waits for a thread to die; not for long where a handler does not heed its interrupt. Called without the lock. */
    protected void join(Thread thread) {
        boolean held = locked(() -> consumers.stream().anyMatch(it -> it.thread() == thread && it.busy()));
        try {
            thread.join(held ? GRACE_MILLIS : LEAVING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
