package org.brokertck.tck.faulty.queue.plain;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Limits;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** The consumers' half of the plain queue: what is handed to them, what their outcomes ask for, and retries. */
public abstract class PlainHandling implements MessageQueue {
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

    private final Opening opening;
    private final Shelf shelf;

    PlainHandling(Opening opening) {
        this.opening = opening;
        this.shelf = opening.shelf();
    }

    @Override
    public final String name() {
        return opening.name();
    }

    /** The settings. */
    protected final QueueConfig config() {
        return opening.config();
    }

    /** The sizes that it takes. */
    protected final Limits limits() {
        return opening.limits();
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

    /** Puts a message at the end. */
    protected void enqueue(Message message) {
        shelf.ready.addLast(message);
        shelf.changed.signalAll();
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

    /** Has a message come back when it is due. */
    final void schedule(Waiting entry, long nanos) {
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

    /** What is told of a message that is given up. */
    protected DeadLetter letter(Message message, Throwable failure) {
        return DeadLetter.of(message, failure);
    }

    /** Parks a dead letter. */
    protected void park(DeadLetter letter) {
        shelf.parked.addLast(letter);
    }

    /** The last handler of a closed queue has ended. */
    protected abstract void end();
}
