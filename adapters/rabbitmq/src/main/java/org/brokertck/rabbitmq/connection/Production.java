package org.brokertck.rabbitmq.connection;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.rabbitmq.connection.Publication.Outcome;

/** The producing side: publishes a message and turns what became of it into a return or an exception. */
public final class Production {
    private final Publisher publisher;
    private final String where;
    private final Duration patience;
    private final Set<Publication> underway = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param where what is produced to, and the address, for the texts of failures
     * @param patience how long a call waits for the confirm; over 0
     */
    public Production(Publisher publisher, String where, Duration patience) {
        this.publisher = publisher;
        this.where = where;
        this.patience = patience;
    }

    /** Publishes, and returns when the server has confirmed. */
    public void produce(Publication publication) {
        underway.add(publication);
        try {
            if (closed) {
                throw refused(Outcome.CLOSED);
            }
            publisher.submit(publication);
            Outcome outcome = await(publication);
            if (outcome != Outcome.CONFIRMED) {
                throw refused(outcome);
            }
        } finally {
            underway.remove(publication);
        }
    }

    /** Refuses what has not been sent, and everything from now on. */
    public void close() {
        closed = true;
        for (Publication publication : underway) {
            if (publication.withdraw()) {
                publication.complete(Outcome.CLOSED);
            }
        }
    }

    /** Waits for the confirms of what was sent. */
    public void drain(Deadline deadline) throws InterruptedException {
        for (Publication publication : underway) {
            try {
                publication.outcome().get(deadline.millisLeft(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException late) {
                return;
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private Outcome await(Publication publication) {
        try {
            return publication.outcome().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (publication.withdraw()) {
                throw publisher.unavailable();
            }
            return Outcome.UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            String effect = publication.withdraw() ? "it was not sent" : "it was sent, and may have been taken";
            throw new OperationInterruptedException("Interrupted while producing to " + where + ": " + effect, e);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private BrokerException refused(Outcome outcome) {
        return switch (outcome) {
            case CLOSED -> new ClosedException("The message was not produced: " + where + " is closed. Open it again");
            case REFUSED ->
                new BrokerUnavailableException("The message was not produced: the server refused it for " + where
                        + ". Look into the server's log, and produce it again");
            case UNROUTABLE ->
                new BrokerUnavailableException("The message was not produced: there was no " + where
                        + " any more. It is declared again with the next message");
            case UNKNOWN, CONFIRMED ->
                new OperationTimeoutException("The outcome is unknown: the message was sent to " + where
                        + ", but the connection was lost or the time ran out before the confirm came."
                        + " Producing it again may duplicate it");
        };
    }
}
