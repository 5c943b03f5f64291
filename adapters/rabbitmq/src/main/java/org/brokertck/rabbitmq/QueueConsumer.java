package org.brokertck.rabbitmq;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.rabbitmq.ConsumerSession.Delivery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer: one thread that runs the handler, over one session after another for as long as it is wanted. */
final class QueueConsumer implements Consumer {
    private static final Logger LOG = LoggerFactory.getLogger(QueueConsumer.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** How long a consumer may take to end once nothing in its handler holds it up. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private final QueueParts parts;
    private final MessageHandler handler;
    private final Thread thread;
    private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile boolean abandoned;
    private volatile @Nullable ConsumerSession session;
    private volatile @Nullable Attempt attempt;

    QueueConsumer(QueueParts parts, MessageHandler handler) {
        this.parts = parts;
        this.handler = handler;
        this.thread = parts.threads().handler("consumer", this::run);
    }

    /** Starts; the future is done when the server knows the consumer, or the consumer has ended before. */
    CompletableFuture<Void> start() {
        parts.retries().start();
        thread.start();
        return subscribed;
    }

    /** Begins the end, without waiting: no handler starts any more. */
    void stop() {
        stopping = true;
        ConsumerSession running = session;
        if (running != null) {
            running.wake();
        }
    }

    /**
     * Ends what {@link #stop} left running: the handler is interrupted and its message stays unsettled. A message that is
     * being settled just now is not disturbed, lest it be handed on and returned.
     */
    void abandon() {
        stopping = true;
        abandoned = true;
        Attempt running = attempt;
        if (running != null && running.giveUp()) {
            thread.interrupt();
        }
    }

    /** A handler that takes no notice of its interrupt must not keep its message either. */
    void release() {
        ConsumerSession held = session;
        if (thread.isAlive() && held != null) {
            // Not by the caller, who has waited long enough: the server may not answer.
            parts.threads().helper("release", () -> release(held)).start();
        }
    }

    /** Waits for the consumer's end, and says whether it came in time. */
    boolean join(Deadline deadline) throws InterruptedException {
        thread.join(Math.max(1, deadline.millisLeft()));
        return !thread.isAlive();
    }

    boolean runsOn(Thread other) {
        return thread == other;
    }

    @Override
    public void close() {
        stop();
        if (runsOn(Thread.currentThread())) {
            return;
        }
        try {
            if (!join(Deadline.in(parts.config().drainTimeout()))) {
                abandon();
                join(Deadline.in(GRACE));
                release();
            }
        } catch (InterruptedException e) {
            abandon();
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "Interrupted while closing a consumer of '"
                            + parts.topology().name() + "': it ends all the same",
                    e);
        }
    }

    private void run() {
        try {
            while (!stopping) {
                consumeWhileItWorks();
            }
        } finally {
            subscribed.completeExceptionally(new ClosedException("The consumer was closed before it was ready"));
            parts.consumers().remove(this);
        }
    }

    private void consumeWhileItWorks() {
        String name = parts.topology().name();
        try {
            consume();
        } catch (BrokerUnavailableException stillAway) {
            // The link waited already; there is nothing to do but to wait on.
            LOG.trace("A consumer of '{}' waits for its server", name);
        } catch (ClosedException closed) {
            stopping = true;
        } catch (IOException | TimeoutException | RuntimeException e) {
            parts.consuming().dropIfSilent(e);
            LOG.debug("A consumer of '{}' lost its channel and subscribes again", name, e);
            LockSupport.parkNanos(PAUSE.toNanos());
        } catch (InterruptedException e) {
            // By abandon(), which has set the flag for ending; or by whatever a handler left running, which ends
            // nothing.
            LOG.debug("A consumer of '{}' was interrupted", name);
        }
    }

    private void consume() throws IOException, TimeoutException, InterruptedException {
        ConsumerSession current =
                new ConsumerSession(parts.consuming().await(Deadline.in(PAUSE)), parts.topology(), parts.ledger());
        session = current;
        try {
            subscribed.complete(null);
            while (!stopping && current.isOpen()) {
                Delivery next = current.next();
                if (next != null && !stopping) {
                    handle(current, next);
                }
            }
        } finally {
            // An interrupt was meant for the handler, and must not shorten the wait for the server.
            Thread.interrupted();
            try {
                current.close();
            } finally {
                session = null;
            }
        }
    }

    private void handle(ConsumerSession current, Delivery delivery) throws IOException, InterruptedException {
        parts.ledger().delivered(delivery.properties());
        Attempt running = new Attempt(MessageCodec.decode(delivery.properties(), delivery.body()));
        attempt = running;
        if (abandoned) {
            throw new InterruptedException();
        }
        running.run(handler, parts.counters());
        attempt = null;
        if (!running.counts()) {
            throw new InterruptedException();
        }
        // A handler may leave its own interrupt behind; it is not meant for what follows.
        Thread.interrupted();
        settle(current, delivery, running);
    }

    private void settle(ConsumerSession current, Delivery delivery, Attempt ended)
            throws IOException, InterruptedException {
        Throwable failure = ended.failure();
        if (failure == null) {
            current.acknowledge(delivery);
            parts.counters().consumed();
        } else if (parts.failures().handOn(ended.message(), failure)) {
            current.acknowledge(delivery);
        } else {
            // Closing the session returns the original to its place.
            throw new IOException("the outcome of handing on a failed message is unknown");
        }
    }

    private void release(ConsumerSession held) {
        try {
            held.close();
        } catch (IOException | TimeoutException | RuntimeException e) {
            parts.consuming().dropIfSilent(e);
        }
    }
}
