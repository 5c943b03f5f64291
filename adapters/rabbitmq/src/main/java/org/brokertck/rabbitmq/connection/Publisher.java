package org.brokertck.rabbitmq.connection;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.rabbitmq.connection.Publication.Outcome;

/**
 * The one thread that writes to the publishing connection. A write can block for as long as the server does not read, and
 * cannot be interrupted; whoever wants to publish therefore waits for the outcome and not in the write.
 */
public final class Publisher {
    private final PublishLine line;
    private final BlockingQueue<Publication> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean stopped;

    public Publisher(Link link, String name, Declaration declaration, Ledger ledger, InstanceThreads threads) {
        this.line = new PublishLine(link, name, declaration, ledger);
        this.thread = threads.helper("publisher", this::run);
        thread.start();
    }

    /** Publishes in the order of these calls; {@link Publication#outcome()} tells how it went. */
    public void submit(Publication publication) {
        waiting.add(publication);
        if (stopped) {
            refuseWaiting();
        }
    }

    /** Has what is published from now on take a new channel, as {@link PublishLine#renew()} does. */
    public void renew() {
        line.renew();
    }

    /** What to throw when something could not be sent in time. */
    public BrokerUnavailableException unavailable() {
        return line.unavailable();
    }

    /** Refuses what waits and ends the thread, as soon as a write that runs ends. */
    public void stop() {
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
            line.publish(publication, () -> stopped);
        } finally {
            refuse(publication);
        }
    }
}
