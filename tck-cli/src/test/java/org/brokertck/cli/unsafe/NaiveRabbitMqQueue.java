package org.brokertck.cli.unsafe;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;

/**
 * A queue on RabbitMQ as one writes it in an afternoon: the client library's own recovery, a waiting queue for each delay, no
 * care for anything that the rules in question do not ask for. Its {@link RabbitMqHabit}s make it unsafe.
 */
final class NaiveRabbitMqQueue implements MessageQueue {
    private static final int RECOVERY_MILLIS = 100;
    private static final int LONG_DELAY_MILLIS = 1_500;
    private static final int WAITING_QUEUE_LEASE_MILLIS = 60_000;
    private static final int SHORT = 100;

    private final String name;
    private final QueueConfig config;
    private final Set<RabbitMqHabit> habits;
    private final NaiveCounters counters = new NaiveCounters();
    private final ExecutorService handlerThreads = Executors.newCachedThreadPool();
    private final ConnectionFactory factory;
    private final NaivePublisher publisher;
    private final Connection connection;
    private final List<NaiveRabbitMqConsumer> consumers = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** @throws BrokerUnavailableException when the server cannot be reached */
    NaiveRabbitMqQueue(URI uri, String name, QueueConfig config, Set<RabbitMqHabit> habits) {
        this.name = name;
        this.config = config;
        this.habits = habits;
        try {
            long timeout = config.produceTimeout().toMillis();
            factory = factory(uri, false);
            publisher = new NaivePublisher(factory, habits, timeout);
            connection = factory(uri, true).newConnection(handlerThreads, "naive consumers");
            publisher.declare(channel -> channel.queueDeclare(deadQueue(name), true, false, false, null));
            if (!has(RabbitMqHabit.CONSUMER_DECLARES)) {
                publisher.declare(this::declareMain);
            }
        } catch (IOException | TimeoutException | GeneralSecurityException | URISyntaxException e) {
            throw new BrokerUnavailableException("Queue " + name + " cannot be opened", e);
        }
    }

    /** Deletes a queue and its dead letters; its waiting queues go by themselves when nobody has used them for a while. */
    static void remove(URI uri, String name) {
        try (Connection connection = factory(uri, false).newConnection("naive removal");
                Channel channel = connection.createChannel()) {
            channel.queueDelete(name);
            channel.queueDelete(deadQueue(name));
        } catch (IOException | TimeoutException | GeneralSecurityException | URISyntaxException e) {
            throw new BrokerUnavailableException("Queue " + name + " cannot be deleted", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void produce(Message message) {
        requireOpen();
        try {
            if (has(RabbitMqHabit.SHORT_QUEUE)) {
                publisher.awaitShort(name, SHORT);
            }
            publisher.publish(name, this::declareMain, -1, NaiveEnvelope.of(message.withRetries(0)));
            counters.countProduced();
        } catch (IOException | TimeoutException | RuntimeException e) {
            // Naive, but honest: whatever went wrong, the server may have the message.
            throw new OperationTimeoutException("Nobody knows whether queue " + name + " took the message", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationTimeoutException("Interrupted; queue " + name + " may have taken the message", e);
        }
    }

    @Override
    public Consumer consume(MessageHandler handler) {
        requireOpen();
        try {
            Channel channel = connection.createChannel();
            declareMain(channel);
            if (!has(RabbitMqHabit.UNLIMITED_PREFETCH)) {
                channel.basicQos(1);
            }
            NaiveRabbitMqConsumer consumer = new NaiveRabbitMqConsumer(this, channel, handler);
            consumers.add(consumer);
            channel.basicConsume(name, has(RabbitMqHabit.AUTO_ACK), consumer);
            return consumer;
        } catch (IOException | RuntimeException e) {
            throw new BrokerUnavailableException("Queue " + name + " cannot be consumed", e);
        }
    }

    @Override
    public DeadLetters deadLetters() {
        return new NaiveDeadLetters(this::listDeadLetters);
    }

    @Override
    public QueueMetrics metrics() {
        return counters.metrics();
    }

    @Override
    public void close() {
        closed = true;
        consumers.forEach(NaiveRabbitMqConsumer::close);
        publisher.close();
        connection.abort();
        handlerThreads.shutdown();
    }

    boolean has(RabbitMqHabit habit) {
        return habits.contains(habit);
    }

    Duration drainTimeout() {
        return config.drainTimeout();
    }

    NaiveCounters counters() {
        return counters;
    }

    /** Hands a failed message on: to wait for its retry, or to the dead letters. */
    void handOn(Message message, Throwable failure) throws IOException, TimeoutException, InterruptedException {
        if (message.retries() < message.maxRetries()) {
            long backoff = config.backoff().delayAfter(message.retries()).toMillis();
            long delay = has(RabbitMqHabit.LONG_DELAYS) ? Math.max(LONG_DELAY_MILLIS, backoff) : backoff;
            String waiting = name + ".wait" + (has(RabbitMqHabit.ONE_WAITING_QUEUE) ? "" : "." + delay);
            Map<String, Object> thenBack = Map.of(
                    "x-dead-letter-exchange",
                    "",
                    "x-dead-letter-routing-key",
                    name,
                    "x-expires",
                    delay + WAITING_QUEUE_LEASE_MILLIS);
            NaivePublisher.Topology topology = channel -> channel.queueDeclare(waiting, true, false, false, thenBack);
            publisher.declare(topology);
            byte[] body = NaiveEnvelope.of(message.withRetries(message.retries() + 1));
            publisher.publish(waiting, topology, delay, body);
        } else {
            byte[] body = NaiveEnvelope.of(DeadLetter.of(message, failure));
            publisher.publish(deadQueue(name), channel -> {}, -1, body);
            counters.countParked();
        }
    }

    private List<DeadLetter> listDeadLetters(int limit) {
        requireOpen();
        List<DeadLetter> letters = new ArrayList<>();
        try (Connection fresh = factory.newConnection("naive list");
                Channel channel = fresh.createChannel()) {
            GetResponse next = channel.basicGet(deadQueue(name), false);
            while (next != null && letters.size() < limit) {
                letters.add(NaiveEnvelope.deadLetter(next.getBody()));
                next = channel.basicGet(deadQueue(name), false);
            }
            return letters;
        } catch (IOException | TimeoutException | RuntimeException e) {
            throw new BrokerUnavailableException("The dead letters of queue " + name + " cannot be read", e);
        }
    }

    private void declareMain(Channel channel) throws IOException {
        channel.queueDeclare(name, true, false, has(RabbitMqHabit.AUTO_DELETE), null);
    }

    private static String deadQueue(String name) {
        return name + ".dead";
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("Queue " + name + " is closed");
        }
    }

    private static ConnectionFactory factory(URI uri, boolean recovering)
            throws GeneralSecurityException, URISyntaxException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(uri);
        factory.setAutomaticRecoveryEnabled(recovering);
        factory.setNetworkRecoveryInterval(RECOVERY_MILLIS);
        return factory;
    }
}
