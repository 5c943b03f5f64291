package org.brokertck.rabbitmq.queue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.InstanceThreads;
import org.brokertck.rabbitmq.connection.Ledger;
import org.brokertck.rabbitmq.connection.Link;
import org.brokertck.rabbitmq.connection.Publication;
import org.brokertck.rabbitmq.connection.Publication.Outcome;
import org.brokertck.rabbitmq.connection.Publisher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Returns waiting messages to the queue when they are due: a confirmed publish, then the acknowledgement of the waiting
 * one. Every instance that consumes has one, and together they divide what waits; what an instance held when it ended is
 * taken by the others, or by the next.
 */
final class RetryMover {
    private static final Logger LOG = LoggerFactory.getLogger(RetryMover.class);
    /** How soon messages are noticed that another instance left waiting; one's own are noticed at once. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Link link;
    private final Topology topology;
    private final Ledger ledger;
    private final Publisher publisher;
    private final Thread thread;
    private final Semaphore signals = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean started;

    RetryMover(Link link, Topology topology, Ledger ledger, Publisher publisher, InstanceThreads threads) {
        this.link = link;
        this.topology = topology;
        this.ledger = ledger;
        this.publisher = publisher;
        this.thread = threads.helper("retries", this::run);
    }

    /** Begins, if it has not begun: there is a consumer now. */
    synchronized void start() {
        if (!started && !isStopped()) {
            started = true;
            thread.start();
        }
    }

    /** Another message waits. */
    void look() {
        signals.release();
    }

    /** Begins the end, without waiting: what is on its way back arrives, and nothing more is sent. */
    synchronized void stop() {
        stopped.countDown();
        look();
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits for the end; what waits is back on the server then. */
    void join(Deadline deadline) throws InterruptedException {
        thread.join(Math.max(1, deadline.millisLeft()));
    }

    private void run() {
        try {
            while (!isStopped()) {
                try {
                    move(new WaitingSession(link.await(Deadline.in(PAUSE)), topology, ledger));
                } catch (BrokerUnavailableException stillAway) {
                    LOG.trace("The retries of '{}' wait for its server", topology.name());
                } catch (ClosedException closed) {
                    return;
                } catch (IOException | TimeoutException | RuntimeException e) {
                    link.dropIfSilent(e);
                    LOG.debug("The retries of '{}' lost their channel", topology.name(), e);
                    // By the stop alone: whoever notices another retry must not shorten the pause.
                    boolean unused = stopped.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException end) {
            LOG.trace("The retries of '{}' were ended", topology.name());
        }
    }

    private void move(WaitingSession session) throws IOException, TimeoutException, InterruptedException {
        try {
            while (!isStopped() && session.isOpen()) {
                signals.drainPermits();
                session.take();
                if (!isStopped()) {
                    release(session, session.due());
                }
                pause(session.millisToNext(LOOK_AGAIN.toMillis()));
            }
        } finally {
            session.close();
        }
    }

    private void pause(long millis) throws InterruptedException {
        if (millis > 0 && signals.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            LOG.trace("Another retry of '{}' waits", topology.name());
        }
    }

    private void release(WaitingSession session, List<WaitingMessage> due) throws IOException, InterruptedException {
        List<Publication> copies = new ArrayList<>();
        for (WaitingMessage message : due) {
            Publication copy = new Publication(topology.name(), message.released());
            copies.add(copy);
            publisher.submit(copy);
        }
        try {
            for (int i = 0; i < copies.size(); i++) {
                requireConfirmed(copies.get(i).outcome().get());
                session.acknowledge(due.get(i));
            }
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            // Only what failed is still there to be withdrawn.
            copies.forEach(Publication::withdraw);
        }
    }

    private static void requireConfirmed(@Nullable Outcome outcome) throws IOException {
        if (outcome != Outcome.CONFIRMED) {
            throw new IOException("a retry was not confirmed: " + outcome);
        }
    }
}
