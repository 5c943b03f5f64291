package org.brokertck.rabbitmq.connection;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationInterruptedException;

/** A connection for one question, where no instance is open that has one. */
public final class OneConnection {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private OneConnection() {}

    /** What deletes; nothing where there is nothing. */
    @FunctionalInterface
    public interface Deletion {
        void delete(Channel channel) throws IOException;
    }

    /**
     * Connects, asks and disconnects.
     *
     * @param purpose names the threads
     * @throws BrokerUnavailableException when the server cannot be reached within the answer timeout
     */
    public static <T> T ask(Connector connector, String purpose, Function<Connection, T> question) {
        InstanceThreads threads = new InstanceThreads(purpose);
        Link link = new Link(connector, threads, "probe");
        try {
            return question.apply(link.awaitFirstAttempt(Deadline.in(connector.answerTimeout())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while connecting to " + connector.address(), e);
        } finally {
            close(link, threads);
        }
    }

    /**
     * Connects, deletes and disconnects.
     *
     * @param what is deleted, with its name, as in "queue 'orders'"
     * @throws BrokerUnavailableException when the server cannot be reached within the answer timeout, or refuses
     */
    public static void delete(Connector connector, String what, Deletion deletion) {
        boolean unused = ask(connector, "remove", connection -> {
            try {
                deletion.delete(connection.createChannel());
                return true;
            } catch (IOException e) {
                throw new BrokerUnavailableException(
                        "RabbitMQ at " + connector.address() + " did not delete " + what, e);
            }
        });
    }

    private static void close(Link link, InstanceThreads threads) {
        boolean interrupted = Thread.interrupted();
        try {
            link.close();
            threads.join(Deadline.in(GRACE));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
