package org.brokertck.rabbitmq;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.rabbitmq.Publication.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes to the publishing connection. A write can block for as long as the server does not read, and
 * cannot be interrupted; whoever wants to publish therefore waits for the outcome and not in the write.
 */
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final Duration SLICE = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Link link;
    private final Topology topology;
    private final Ledger ledger;
    private final BlockingQueue<Publication> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable Exception lastFailure;
    private @Nullable PublishChannel current;

    Publisher(Link link, Topology topology, Ledger ledger, QueueThreads threads) {
        this.link = link;
        this.topology = topology;
        this.ledger = ledger;
        this.thread = threads.helper("publisher", this::run);
        thread.start();
    }

    /** Publishes in the order of these calls; {@link Publication#outcome()} tells how it went. */
    void submit(Publication publication) {
        waiting.add(publication);
        if (stopped) {
            refuseWaiting();
        }
    }

    /** What to throw when something could not be sent in time. */
    BrokerUnavailableException unavailable() {
        Exception failure = lastFailure;
        return failure == null ? link.unavailable() : link.unavailable(failure);
    }

    /** Refuses what waits and ends the thread, as soon as a write that runs ends. */
    void stop() {
        stopped = true;
        refuseWaiting();
        thread.interrupt();
    }

    private void refuseWaiting() {
        for (Publication next = waiting.poll(); next != null; next = waiting.poll()) {
            refuse(next);
        }
    }

    private static void refuse(Publication publication) {
        if (publication.withdraw()) {
            publication.complete(Outcome.CLOSED);
        }
    }

    private void run() {
        try {
            while (!stopped) {
                publish(waiting.take());
            }
        } catch (InterruptedException | ClosedException end) {
            stopped = true;
        }
        refuseWaiting();
    }

    private void publish(Publication publication) throws InterruptedException {
        try {
            while (!stopped && publication.waits()) {
                try {
                    channel().publish(publication);
                } catch (BrokerUnavailableException stillAway) {
                    // Its producer decides how long to wait.
                    LOG.trace("'{}' waits for its server", topology.name());
                } catch (IOException | RuntimeException e) {
                    unusable(e);
                }
            }
        } finally {
            refuse(publication);
        }
    }

    private PublishChannel channel() throws InterruptedException, IOException {
        PublishChannel channel = current;
        if (channel == null || !channel.isOpen()) {
            channel = new PublishChannel(link.await(Deadline.in(SLICE)), topology, ledger);
            current = channel;
            lastFailure = null;
        }
        return channel;
    }

    private void unusable(Exception failure) throws InterruptedException {
        if (failure instanceof ClosedException closed) {
            throw closed;
        }
        LOG.debug("The publishing channel of '{}' failed and is opened again", topology.name(), failure);
        link.dropIfSilent(failure);
        current = null;
        lastFailure = failure;
        Thread.sleep(PAUSE.toMillis());
    }
}
