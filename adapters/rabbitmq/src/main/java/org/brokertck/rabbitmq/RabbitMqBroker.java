package org.brokertck.rabbitmq;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.rabbitmq.broker.RabbitMqMessageBroker;
import org.brokertck.rabbitmq.connection.Connector;
import org.brokertck.rabbitmq.connection.OneConnection;
import org.brokertck.rabbitmq.connection.ServerAddress;
import org.brokertck.rabbitmq.partitioned.RabbitMqPartitioned;
import org.brokertck.rabbitmq.pubsub.RabbitMqPubSub;
import org.brokertck.rabbitmq.queue.RabbitMqQueue;
import org.brokertck.rabbitmq.requestreply.RabbitMqRequestReply;

/**
 * The contracts on one RabbitMQ server. It holds no connection itself; whatever it opens has its own. All methods may be called from
 * many threads at once.
 */
public final class RabbitMqBroker implements AutoCloseable {
    /** How long the server may take for an answer, unless set otherwise: 5 seconds. */
    public static final Duration DEFAULT_ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private final Connector connector;
    /** What was opened and not closed, with what closes it. */
    private final Map<Object, Runnable> open = new ConcurrentHashMap<>();

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
        requireOpen();
        return keep(RabbitMqQueue.open(connector, name, config, open::remove), MessageQueue::close);
    }

    /**
     * The version that the server tells.
     *
     * @throws BrokerUnavailableException when the server cannot be reached
     */
    public String serverVersion() {
        return OneConnection.ask(
                connector,
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
        RabbitMqQueue.remove(connector, name);
    }

    /**
     * Opens a publish/subscribe broker, and makes its exchange on the server where there is none of that name.
     *
     * @param name from 1 to 200 bytes of UTF-8, not starting with {@code amq.}
     * @param config the settings
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or has an exchange of that name of another kind
     * @throws ClosedException when this broker is closed
     */
    public PubSubBroker openPubSub(String name, PubSubConfig config) {
        requireOpen();
        return keep(
                RabbitMqPubSub.open(connector.within(config.timeout()), name, config, open::remove),
                PubSubBroker::close);
    }

    /**
     * Deletes the exchange of a publish/subscribe broker. Instances of it must be closed, wherever they are.
     *
     * @param name as for {@link #openPubSub}; one that there is not is no error
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or refuses
     */
    public void removePubSub(String name) {
        RabbitMqPubSub.remove(connector, name);
    }

    /**
     * Opens a partitioned broker, and makes its journal on the server where there is none of that name.
     *
     * @param name 1 to 100 letters, digits, dots, hyphens and underscores of ASCII, not starting with {@code amq.}
     * @param config the settings; the capacity of partitions is not enforced
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or has a queue of that name of another kind
     * @throws ClosedException when this broker is closed
     */
    public PartitionedBroker openPartitioned(String name, PartitionedConfig config) {
        requireOpen();
        return keep(RabbitMqPartitioned.open(connector, name, config, open::remove), PartitionedBroker::close);
    }

    /**
     * Deletes the streams of a partitioned broker, with everything in them. Instances of it must be closed, wherever they are.
     *
     * @param name as for {@link #openPartitioned}; one that there is not is no error
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or refuses
     */
    public void removePartitioned(String name) {
        RabbitMqPartitioned.remove(connector, name);
    }

    /**
     * Opens an instance of request/reply. It keeps nothing on the server: the queue of a topic goes with the topic's last responder,
     * or a minute after a restart of the server that no responder survived.
     *
     * @param name 1 to 100 letters, digits, dots, hyphens and underscores of ASCII, not starting with {@code amq.}
     * @param config the settings
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached
     * @throws ClosedException when this broker is closed
     */
    public RequestReply openRequestReply(String name, RequestReplyConfig config) {
        requireOpen();
        return keep(
                RabbitMqRequestReply.open(connector.within(config.timeout()), name, config, open::remove),
                RequestReply::close);
    }

    /**
     * Opens a message broker, and makes its exchange on the server where there is none of that name.
     *
     * @param name 1 to 100 letters, digits, dots, hyphens and underscores of ASCII, not starting with {@code amq.}
     * @param config the settings; the capacity is not enforced
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or has an exchange of that name of another kind
     * @throws ClosedException when this broker is closed
     */
    public MessageBroker openBroker(String name, BrokerConfig config) {
        requireOpen();
        return keep(RabbitMqMessageBroker.open(connector, name, config, open::remove), MessageBroker::close);
    }

    /**
     * Deletes the exchange of a message broker. Instances of it must be closed, wherever they are; the queues of subscribers that
     * died go by themselves, an hour after that.
     *
     * @param name as for {@link #openBroker}; one that there is not is no error
     * @throws IllegalArgumentException when the name is not valid
     * @throws BrokerUnavailableException when the server cannot be reached, or refuses
     */
    public void removeBroker(String name) {
        RabbitMqMessageBroker.remove(connector, name);
    }

    /** Where the server is, as {@code host:port}. */
    public String address() {
        return connector.address().toString();
    }

    /** Closes what is still open, each as its own close says. */
    @Override
    public void close() {
        closed = true;
        RuntimeException failure = null;
        for (Runnable close : List.copyOf(open.values())) {
            try {
                close.run();
            } catch (RuntimeException e) {
                failure = e; // the others are to be closed all the same; an interrupt counts for each
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private <T> T keep(T opened, Consumer<? super T> close) {
        open.put(opened, () -> close.accept(opened));
        if (closed) {
            // The closing may have looked through the open ones just before.
            close.accept(opened);
            requireOpen();
        }
        return opened;
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("The broker for RabbitMQ at " + address() + " is closed: make a new one");
        }
    }
}
