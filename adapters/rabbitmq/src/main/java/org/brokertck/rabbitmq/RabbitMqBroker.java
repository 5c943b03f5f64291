package org.brokertck.rabbitmq;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;

/**
 * Queues on one RabbitMQ server. It holds no connection itself; each queue has its own. All methods may be called from
 * many threads at once.
 */
public final class RabbitMqBroker implements AutoCloseable {
    /** How long the server may take for an answer, unless set otherwise: 5 seconds. */
    public static final Duration DEFAULT_ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private final Connector connector;
    private final Set<RabbitMqQueue> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * With the default answer timeout. Nothing is connected yet.
     *
     * @param uri {@code amqp://user:password@host:port/virtualHost}, or {@code amqps} for TLS with the certificates that
     *     the Java runtime trusts; port 5672 or 5671, virtual host {@code /} and {@code guest:guest} by default
     * @throws IllegalArgumentException when the URI is none of these
     */
    public RabbitMqBroker(URI uri) {
        this(uri, DEFAULT_ANSWER_TIMEOUT);
    }

    /**
     * With an answer timeout. Nothing is connected yet.
     *
     * @param uri as above
     * @param answerTimeout how long the server may take for an answer when a queue is opened, a consumer started or dead
     *     letters and metrics are asked for; over 0 and at most a day. Producing goes by its own timeout
     * @throws IllegalArgumentException when an argument is out of its bounds
     */
    public RabbitMqBroker(URI uri, Duration answerTimeout) {
        Objects.requireNonNull(answerTimeout, "answerTimeout");
        if (answerTimeout.isNegative() || answerTimeout.isZero() || answerTimeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "answerTimeout is " + answerTimeout + ": it must be over 0 and at most a day");
        }
        this.connector = new Connector(ServerAddress.of(uri), answerTimeout);
    }

    /**
     * Opens a queue, and makes it on the server where there is none of that name.
     *
     * @param name from 1 to 200 bytes of UTF-8; neither starting with {@code amq.} nor ending like the names of the
     *     queues that this adapter adds, {@code :dlq} and {@code :retry}
     * @param config the settings; the capacity is not enforced
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or has a queue of that name of another kind
     * @throws ClosedException when this broker is closed
     */
    public MessageQueue openQueue(String name, QueueConfig config) {
        Topology topology = new Topology(name);
        Objects.requireNonNull(config, "config");
        requireOpen();
        QueueParts parts = new QueueParts(connector, topology, config);
        RabbitMqQueue queue = new RabbitMqQueue(parts, open::remove);
        open.add(queue);
        boolean opened = false;
        try {
            declare(parts);
            requireOpen();
            opened = true;
            return queue;
        } finally {
            if (!opened) {
                queue.close();
            }
        }
    }

    /**
     * The version that the server tells.
     *
     * @throws BrokerUnavailableException when the server cannot be reached
     */
    public String serverVersion() {
        return overOneConnection(
                "version",
                connection -> String.valueOf(connection.getServerProperties().get("version")));
    }

    /**
     * Deletes a queue with everything in it, dead letters included. Instances of it must be closed, wherever they are.
     *
     * @param name as for {@link #openQueue}; one that there is not is no error
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or refuses
     */
    public void removeQueue(String name) {
        Topology topology = new Topology(name);
        boolean unused = overOneConnection("remove", connection -> {
            try {
                topology.delete(connection.createChannel());
                return true;
            } catch (IOException e) {
                throw new BrokerUnavailableException(
                        "RabbitMQ at " + address() + " did not delete queue '" + name + "'", e);
            }
        });
    }

    /** Connects for one question; the answer must come within the answer timeout. */
    private <T> T overOneConnection(String purpose, Function<Connection, T> question) {
        QueueThreads threads = new QueueThreads(purpose);
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

    /** Where the server is, as {@code host:port}. */
    public String address() {
        return connector.address().toString();
    }

    /** Closes the queues that are still open, each as {@link MessageQueue#close()} says. */
    @Override
    public void close() {
        closed = true;
        open.forEach(RabbitMqQueue::close);
    }

    private void declare(QueueParts parts) {
        // Fails fast where the server is not there at all; the rest may take its time.
        try {
            parts.consuming().awaitFirstAttempt(Deadline.in(connector.answerTimeout()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while connecting to " + connector.address(), e);
        }
        parts.desk().askOnce(channel -> {
            parts.topology().declare(channel);
            return true;
        });
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("The broker for RabbitMQ at " + address() + " is closed: make a new one");
        }
    }

    private static void close(Link link, QueueThreads threads) {
        boolean interrupted = Thread.interrupted();
        try {
            link.close();
            threads.join(Deadline.in(Duration.ofSeconds(1)));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
