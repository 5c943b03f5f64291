package org.brokertck.tck.faulty.queue.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A correct queue with one lock and one condition, made to be read and to be broken: each decision is a method that a variant
 * overrides. All but the public methods of the contract are called under the lock.
 */
public class PlainQueue implements MessageQueue {
    /** How long threads may take to die once nothing keeps them, and when a handler does. */
    private static final long LEAVING_MILLIS = 5_000;

    private static final long GRACE_MILLIS = 200;

    /** What the queue counted. */
    protected long produced;

    /** Attempts that succeeded. */
    protected long consumed;

    /** Attempts that failed. */
    protected long failed;

    /** Handlers running now. */
    protected int inFlight;

    /** Whether close was called. */
    protected boolean closing;

    /** Whether no outcome counts any more. */
    protected boolean ended;

    /** The consumers that may still have a thread. */
    protected final List<PlainConsumer> consumers = new ArrayList<>();

    private final Opening opening;
    private final Shelf shelf;

    /** Opens the queue, with what is on its shelf. */
    @SuppressWarnings("this-escape") // variants know that they are called before their own fields are set
    public PlainQueue(Opening opening) {
        this.opening = opening;
        this.shelf = opening.shelf();
        locked(() -> {
            shelf.takeBack();
            List.copyOf(shelf.waiting).forEach(it -> schedule(it, it.dueNanos() - time().nanoTime()));
            return true;
        });
    }

    @Override
    public final String name() {
        return opening.name();
    }

    /** The settings. */
    protected final QueueConfig config() {
        return opening.config();
    }

    /** The contents. */
    protected final Shelf shelf() {
        return shelf;
    }

    /** The time. */
    protected final TimeSource time() {
        return opening.time();
    }

    /** Runs a step under the lock. */
    protected final <T> T locked(Supplier<T> step) {
        shelf.lock.lock();
        try {
            return step.get();
        } finally {
            shelf.lock.unlock();
        }
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
        if (message.payloadSize() > opening.limits().maxPayloadBytes()) {
            throw new MessageTooLargeException("The payload has " + message.payloadSize() + " bytes, and queue '"
                    + name() + "' takes " + opening.limits().maxPayloadBytes() + " at most");
        }
    }

    /** Refuses calls to a queue that cannot serve them. */
    protected void requireUsable(Duration patience) {
        if (closing) {
            throw new ClosedException("Queue '" + name() + "' is closed: open a new one");
        }
    }

    /** Waits until there is room. */
    protected void awaitRoom() {
        long deadline = time().nanoTime() + config().produceTimeout().toNanos();
        boolean inTime = true;
        while (!hasRoom()) {
            if (!inTime) {
                throw new QueueFullException("Queue '" + name() + "' is full with " + config().capacity());
            }
            try {
                inTime = time().awaitUntil(shelf.lock, shelf.changed, deadline);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException(
                        "Interrupted while waiting for room in queue '" + name() + "'", e);
            }
            requireUsable(Duration.ZERO);
        }
    }

    /** Whether one more message fits. */
    protected boolean hasRoom() {
        return shelf.unsettled() < config().capacity();
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

    /** Puts a message at the end. */
    protected void enqueue(Message message) {
        shelf.ready.addLast(message);
        shelf.changed.signalAll();
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

    /** Waits for a message; null when the consumer shall end. Called without the lock. */
    protected @Nullable Delivery take(PlainConsumer consumer) {
        return locked(() -> {
            while (!closing && !consumer.closing()) {
                Message message = mayTake(consumer) ? next(consumer) : null;
                if (message != null) {
                    return handOut(consumer, message);
                }
                awaitChange();
            }
            return null;
        });
    }

    /** Whether a consumer may be given something now. */
    protected boolean mayTake(PlainConsumer consumer) {
        return true;
    }

    /** The message that is next for this consumer, removed; null when there is none. */
    protected @Nullable Message next(PlainConsumer consumer) {
        return shelf.ready.pollFirst();
    }

    /** Notes that the consumer holds the message and that its handler runs. */
    protected Delivery handOut(PlainConsumer consumer, Message message) {
        Delivery delivery = new Delivery(message);
        shelf.inHand.add(delivery);
        inFlight++;
        consumer.busy(true);
        return delivery;
    }

    /** Waits for any change, of an idle consumer that nothing can interrupt. */
    @SuppressWarnings("WaitNotInLoop") // the caller loops
    protected void awaitChange() {
        shelf.changed.awaitUninterruptibly();
    }

    /** One attempt from hand-over to outcome. Called without the lock. */
    protected void attempt(PlainConsumer consumer, Delivery delivery) {
        @Nullable Throwable failure = null;
        try {
            handle(consumer, delivered(delivery.message()));
        } catch (Throwable thrown) {
            failure = thrown;
        }
        settle(consumer, delivery, failure);
    }

    /** Calls the handler. Called without the lock. */
    protected void handle(PlainConsumer consumer, Message message) throws Exception {
        consumer.handler().handle(message);
    }

    /** What the handler is given of a stored message. Called without the lock. */
    protected Message delivered(Message message) {
        return message;
    }

    /** Notes the end of an attempt. Called without the lock. */
    protected void settle(PlainConsumer consumer, Delivery delivery, @Nullable Throwable failure) {
        locked(() -> {
            handlerEnded(consumer, failure);
            if (!ended && shelf.inHand.remove(delivery)) {
                conclude(delivery.message(), failure);
            }
            if (closing && inFlight == 0) {
                end();
            }
            shelf.changed.signalAll();
            return true;
        });
    }

    /** The handler runs no more. */
    protected void handlerEnded(PlainConsumer consumer, @Nullable Throwable failure) {
        inFlight--;
        consumer.busy(false);
    }

    /** Does what the outcome asks for. */
    protected void conclude(Message message, @Nullable Throwable failure) {
        if (failure == null) {
            succeeded(message);
        } else {
            failed(message, failure);
        }
    }

    /** Counts a success. */
    protected void succeeded(Message message) {
        consumed++;
    }

    /** Counts a failure and sends its message on. */
    protected void failed(Message message, Throwable failure) {
        failed++;
        if (mayRetry(message, failure)) {
            retryLater(retried(message), delay(message.retries()));
        } else {
            park(letter(message, failure));
        }
    }

    // ---- retrying

    /** Whether one more attempt is due. */
    protected boolean mayRetry(Message message, Throwable failure) {
        return message.retries() < message.maxRetries();
    }

    /** The message as its next attempt carries it. */
    protected Message retried(Message message) {
        return message.withRetries(message.retries() + 1);
    }

    /** The delay after this attempt, from 0. */
    protected Duration delay(int attempt) {
        Backoff backoff = config().backoff();
        double share = 1 - backoff.jitter() * ThreadLocalRandom.current().nextDouble();
        return Duration.ofNanos((long) (backoff.delayAfter(attempt).toNanos() * share));
    }

    /** Lets a message wait. */
    protected void retryLater(Message message, Duration delay) {
        Waiting entry = new Waiting(message, time().nanoTime() + delay.toNanos());
        shelf.waiting.add(entry);
        if (delay.isZero()) {
            due(entry);
        } else if (!closing) {
            schedule(entry, delay.toNanos());
        }
    }

    private void schedule(Waiting entry, long nanos) {
        entry.alarm(time().schedule(Duration.ofNanos(Math.max(0, nanos)), () -> locked(() -> due(entry))));
    }

    /** The wait is over. */
    protected boolean due(Waiting entry) {
        boolean waited = shelf.waiting.remove(entry);
        if (waited) {
            retryDue(entry.message());
        }
        return waited;
    }

    /** Queues a message for its retry. */
    protected void retryDue(Message message) {
        enqueue(message);
    }

    // ---- dead letters

    /** What is told of a message that is given up. */
    protected DeadLetter letter(Message message, Throwable failure) {
        return DeadLetter.of(message, failure);
    }

    /** Parks a dead letter. */
    protected void park(DeadLetter letter) {
        shelf.parked.addLast(letter);
    }

    @Override
    public DeadLetters deadLetters() {
        return new PlainDeadLetters(this);
    }

    /** The oldest dead letters. */
    protected List<DeadLetter> listed(int limit) {
        return new ArrayList<>(shelf.parked.stream().limit(limit).toList());
    }

    /** Returns the oldest dead letters to the queue. */
    protected int redrive(int limit) {
        int count = Math.min(limit, shelf.parked.size());
        for (int i = 0; i < count; i++) {
            enqueue(redriven(shelf.parked.removeFirst()));
        }
        return count;
    }

    /** What goes back to the queue. */
    protected Message redriven(DeadLetter letter) {
        return letter.message().withRetries(0);
    }

    /** Deletes all dead letters. */
    protected int purge() {
        int count = shelf.parked.size();
        shelf.parked.clear();
        return count;
    }

    // ---- metrics

    @Override
    public QueueMetrics metrics() {
        return locked(this::snapshot);
    }

    /** The counters. */
    protected QueueMetrics snapshot() {
        return new QueueMetrics(produced, consumed, failed, inFlight, shelf.parked.size());
    }

    // ---- closing

    @Override
    public void close() {
        boolean inTime = true;
        shelf.lock.lock();
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
            shelf.lock.unlock();
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
        shelf.waiting.forEach(Waiting::cancel);
        if (inFlight == 0) {
            end();
        } else {
            time().schedule(config().drainTimeout(), () -> locked(() -> cutOff()));
        }
        shelf.changed.signalAll();
    }

    /** Interrupts what still runs, and ends. */
    protected boolean cutOff() {
        if (!ended) {
            consumers.forEach(PlainConsumer::interruptHandler);
            end();
        }
        return true;
    }

    /** What is unsettled now stays so. */
    protected void end() {
        ended = true;
        shelf.takeBack();
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
                inTime = time().awaitUntil(shelf.lock, shelf.changed, deadline);
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
