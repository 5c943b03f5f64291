package org.brokertck.rabbitmq.consuming;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.rabbitmq.connection.Acknowledgements;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.InstanceThreads;
import org.brokertck.rabbitmq.connection.Link;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer: one thread that runs the handler, over one session after another for as long as it is wanted. */
public final class ConsumerLoop {
    /** How long a consumer may take to end once nothing in its handler holds it up. */
    public static final Duration GRACE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final String what;
    private final Link link;
    private final InstanceThreads threads;
    private final Source source;
    private final Acknowledgements acknowledgements;
    private final Handling handling;
    private final Runnable onEnd;
    private final Thread thread;
    private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean abandoned;
    private volatile @Nullable ConsumerSession session;
    private volatile @Nullable HandlerRun running;

    /**
     * @param what consumes from what, for logs and failures
     * @param acknowledgements of this queue, and no other
     * @param onEnd is run by the consumer's thread at its end
     */
    public ConsumerLoop(
            String what,
            Link link,
            InstanceThreads threads,
            Source source,
            Acknowledgements acknowledgements,
            Handling handling,
            Runnable onEnd) {
        this.what = what;
        this.link = link;
        this.threads = threads;
        this.source = source;
        this.acknowledgements = acknowledgements;
        this.handling = handling;
        this.onEnd = onEnd;
        this.thread = threads.handler("consumer", this::run);
    }

    /** Starts; the future is done when the server knows the consumer, or the consumer has ended before. */
    public CompletableFuture<Void> start() {
        thread.start();
        return subscribed;
    }

    /**
     * Starts, and waits until the server feeds the consumer: what is unreachable shall be told now. Where it does not, it ends.
     *
     * @param closed what to throw when the instance is closed meanwhile
     * @throws BrokerUnavailableException when the server cannot be reached in time
     * @throws OperationTimeoutException when the server does not answer in time
     * @throws OperationInterruptedException when the thread is interrupted while it waits
     */
    public void startWithin(Duration patience, Supplier<ClosedException> closed) {
        try {
            start().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            stopTaking();
            throw link.isOpen()
                    ? new OperationTimeoutException(
                            "The server did not answer within " + patience + " to " + what + ": it is taken back")
                    : link.unavailable();
        } catch (ExecutionException e) {
            throw closed.get();
        } catch (InterruptedException e) {
            stopTaking();
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while starting " + what + ": it is taken back", e);
        }
    }

    /** Begins the end, without waiting: no handler starts any more. */
    public void stop() {
        stopping.countDown();
        ConsumerSession current = session;
        if (current != null) {
            current.wake();
        }
    }

    /** As {@link #stop}, and tells the server at once, where a handler that still runs would have it wait. */
    public void stopTaking() {
        stop();
        ConsumerSession current = session;
        if (current != null && running != null) {
            // Not by the caller: the server may not answer.
            threads.helper("cancel", () -> quietly(current::cancel)).start();
        }
    }

    /**
     * Ends what {@link #stop} left running: the handler is interrupted, and its outcome does not count. A message that is
     * being settled just now is not disturbed, lest it be handed on and returned.
     */
    public void abandon() {
        stopping.countDown();
        abandoned = true;
        HandlerRun run = running;
        if (run != null && run.giveUp()) {
            thread.interrupt();
        }
    }

    /** Waits for the consumer's end, and says whether it came in time. */
    public boolean join(Deadline deadline) throws InterruptedException {
        thread.join(Math.max(1, deadline.millisLeft()));
        return !thread.isAlive();
    }

    /** Whether this is the thread that runs the handler. */
    public boolean runsOn(Thread other) {
        return thread == other;
    }

    /**
     * Ends the consumer, and waits for that, but not on its own thread.
     *
     * @param drainTimeout how long a handler that runs may go on before it is interrupted
     * @throws OperationInterruptedException when the thread is interrupted while it waits; the handler is interrupted then
     */
    public void close(Duration drainTimeout) {
        stop();
        if (runsOn(Thread.currentThread())) {
            return;
        }
        try {
            if (!join(Deadline.in(drainTimeout))) {
                abandon();
                boolean ended = join(Deadline.in(GRACE));
                Thread unused = ended ? null : forsake();
            }
        } catch (InterruptedException e) {
            abandon();
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while closing " + what + ": it ends all the same", e);
        }
    }

    /**
     * A handler that takes no notice of its interrupt must not keep its message either.
     *
     * @return the thread that tells the server, which may not answer; null where there is nothing to tell
     */
    @Nullable
    Thread forsake() {
        ConsumerSession held = session;
        if (!thread.isAlive() || held == null) {
            return null;
        }
        Thread telling = threads.helper("release", () -> quietly(held::forsake));
        telling.start();
        return telling;
    }

    private interface Ending {
        void carryOut() throws IOException, TimeoutException;
    }

    private void quietly(Ending ending) {
        try {
            ending.carryOut();
        } catch (IOException | TimeoutException | RuntimeException e) {
            link.dropIfSilent(e);
        }
    }

    private void run() {
        try {
            while (!isStopping()) {
                consumeWhileItWorks();
            }
        } finally {
            subscribed.completeExceptionally(new ClosedException(what + " was closed before it was ready"));
            onEnd.run();
        }
    }

    private void consumeWhileItWorks() {
        try {
            consume();
        } catch (BrokerUnavailableException stillAway) {
            // The link waited already; there is nothing to do but to wait on.
            LOG.trace("{} waits for its server", what);
        } catch (ClosedException closed) {
            stopping.countDown();
        } catch (IOException | TimeoutException | RuntimeException e) {
            link.dropIfSilent(e);
            LOG.debug("{} lost its channel and subscribes again", what, e);
            pause();
        } catch (InterruptedException e) {
            // By abandon(), which has set the flag for ending; or by whatever a handler left running, which ends
            // nothing.
            LOG.debug("{} was interrupted", what);
        }
    }

    /** An interrupt ends it as it ends whatever else is waited for here. */
    private void pause() {
        try {
            boolean unused = stopping.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted", what);
        }
    }

    /** Whether its end has begun. */
    public boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void consume() throws IOException, TimeoutException, InterruptedException {
        ConsumerSession current = new ConsumerSession(link.await(Deadline.in(PAUSE)), source, acknowledgements);
        session = current;
        try {
            subscribed.complete(null);
            while (!isStopping() && current.isOpen()) {
                Delivery next = current.next();
                if (next != null && !isStopping()) {
                    handle(current, next);
                }
            }
        } finally {
            // An interrupt was meant for the handler, and must not shorten the wait for the server.
            Thread.interrupted();
            try {
                if (isStopping()) {
                    current.leave();
                } else {
                    current.close();
                }
            } finally {
                session = null;
            }
        }
    }

    private void handle(ConsumerSession current, Delivery delivery) throws IOException, InterruptedException {
        Handling.Task task = handling.begin(delivery);
        HandlerRun run = new HandlerRun();
        running = run;
        try {
            if (abandoned) {
                throw new InterruptedException();
            }
            boolean inTime = run.run(task);
            // A handler may leave its own interrupt behind; it is not meant for what follows.
            boolean unused = Thread.interrupted();
            if (inTime) {
                task.settle(current, run.failure());
            } else {
                task.endedLate(current, run.failure());
            }
        } finally {
            running = null;
        }
    }
}
