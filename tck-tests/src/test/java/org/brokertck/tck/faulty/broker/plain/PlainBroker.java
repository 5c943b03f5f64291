package org.brokertck.tck.faulty.broker.plain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.brokertck.api.BrokerException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.tck.scenario.LargeHeaders;

/** A correct broker under one lock, made to be read and to be broken: each decision is a method that a variant overrides. */
public class PlainBroker implements MessageBroker {
    /** Whether close was called; under the lock. */
    protected boolean closed;

    /** What failed so far; under the lock. */
    protected long errors;

    private final Opening opening;

    /** Opens it. */
    public PlainBroker(Opening opening) {
        this.opening = opening;
    }

    @Override
    public final String name() {
        return opening.name();
    }

    /** Its settings. */
    public final BrokerConfig config() {
        return opening.config();
    }

    /** What stands behind it. */
    protected final PlainServer server() {
        return opening.server();
    }

    /** Refuses what a closed broker does not do; under the lock. */
    protected void requireOpen() {
        if (closed) {
            throw new ClosedException("Broker '" + name() + "' is closed");
        }
    }

    @Override
    public void produce(String topic, Message message) {
        requireTopic(topic);
        Objects.requireNonNull(message, "message");
        checkSize(message);
        server().locked(() -> {
            requireOpen();
            try {
                awaitAnswer(config().produceTimeout());
                awaitRoom(topic);
            } catch (BrokerException failure) {
                errors++;
                throw failure;
            }
            requireOpen();
            spread(topic, stored(topic, message));
            return true;
        });
    }

    /** Refuses what is no topic. */
    protected void requireTopic(String topic) {
        TopicPattern.requireTopic(topic);
    }

    /** Waits for the server; under the lock. */
    protected void awaitAnswer(Duration patience) {
        server().awaitAnswer(patience);
    }

    /** Refuses what is too large. */
    protected void checkSize(Message message) {
        if (message.payloadSize() > opening.limits().maxPayloadBytes()) {
            throw new MessageTooLargeException("The message has " + message.payloadSize() + " bytes");
        }
        if (headerBytes(message) > opening.limits().maxHeaderBytes()) {
            throw new MessageTooLargeException("The headers have " + headerBytes(message) + " bytes");
        }
    }

    /** The size of its headers. */
    protected long headerBytes(Message message) {
        return LargeHeaders.bytes(message.headers());
    }

    /** Waits until every subscriber has room; under the lock. */
    protected void awaitRoom(String topic) {
        long left = config().produceTimeout().toNanos();
        try {
            while (!closed && !hasRoom(topic)) {
                if (left <= 0) {
                    throw new QueueFullException("A subscriber to '" + topic + "' has no room");
                }
                left = server().await(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while waiting for room", e);
        }
    }

    /** Whether every subscriber has room; under the lock. */
    protected boolean hasRoom(String topic) {
        return lines(topic).stream().allMatch(this::hasRoom);
    }

    /** Whether one subscriber has; under the lock. */
    protected final boolean hasRoom(PlainLine line) {
        return line.waiting.size() < config().capacity();
    }

    /** A handler has ended; under the lock. */
    protected void freeRoom() {}

    /** The subscribers of a topic; under the lock. */
    protected List<PlainLine> lines(String topic) {
        return server().linesOf(name()).stream()
                .filter(it -> isSame(it.topic(), topic))
                .toList();
    }

    /** Whether who subscribed to the one hears the other. */
    protected boolean isSame(String subscribed, String produced) {
        return subscribed.equals(produced);
    }

    /** Gives a message to all; under the lock. */
    protected void spread(String topic, Message message) {
        lines(topic).forEach(it -> it.add(message));
    }

    /** A message as it is kept. */
    protected Message stored(String topic, Message message) {
        return message.toBuilder().topic(topic).retries(0).build();
    }

    /** A message as a handler gets it; under the lock. */
    protected Message handedOut(Message message) {
        return message;
    }

    @Override
    public TopicSubscription subscribe(String topic, MessageHandler handler) {
        requireTopic(topic);
        Objects.requireNonNull(handler, "handler");
        return server().locked(() -> {
            requireOpen();
            awaitAnswer(config().produceTimeout());
            PlainLine line = newLine(topic, handler);
            server().linesOf(name()).add(line);
            line.start();
            return line;
        });
    }

    /** A new subscriber. */
    protected PlainLine newLine(String topic, MessageHandler handler) {
        return new PlainLine(this, topic, handler);
    }

    /** Calls a handler; without the lock. */
    protected void handle(PlainLine line, MessageHandler handler, Message message) {
        try {
            handler.handle(message);
        } catch (Throwable failure) {
            server().locked(() -> errors++);
        }
    }

    @Override
    public HealthStatus health() {
        long start = System.nanoTime();
        return server().locked(() -> {
            try {
                if (closed) {
                    return status(Health.UNHEALTHY, start, "closed");
                }
                awaitAnswer(config().healthTimeout());
                boolean full = isFull(server().linesOf(name()));
                return status(full ? Health.DEGRADED : Health.HEALTHY, start, full ? "no room" : "");
            } catch (OperationInterruptedException interrupted) {
                throw interrupted;
            } catch (BrokerException failure) {
                errors++;
                return status(Health.UNHEALTHY, start, failure.toString());
            }
        });
    }

    /** Whether some produces find no room; under the lock. */
    protected boolean isFull(List<PlainLine> all) {
        return all.stream().anyMatch(it -> it.waiting.size() >= config().capacity());
    }

    /** What a look found; under the lock. */
    protected HealthStatus status(Health health, long start, String cause) {
        return new HealthStatus(
                health,
                Duration.ofNanos(System.nanoTime() - start),
                errors,
                Instant.now(),
                cause.isEmpty() ? Map.of() : Map.of(HealthStatus.CAUSE, cause));
    }

    @Override
    public void close() {
        List<PlainLine> all = server().locked(() -> {
            closed = true;
            server().linesOf(name()).stream()
                    .filter(it -> it.broker() == this)
                    .toList()
                    .forEach(PlainLine::begin);
            return List.copyOf(leaving);
        });
        awaitEnd(all);
    }

    /** Those that have left, while their threads live: whoever closes waits for them too. Under the lock. */
    private final List<PlainLine> leaving = new ArrayList<>();

    /** A subscriber has left, by its own close or by that of all; under the lock. */
    protected void left(PlainLine line) {
        leaving.removeIf(it -> !it.isAlive());
        leaving.add(line);
    }

    /** Takes a subscriber back that had left, for variants. */
    public void restore(PlainLine line) {
        server().locked(() -> server().linesOf(name()).add(line));
    }

    /** Waits for the handlers that run. */
    protected void awaitEnd(List<PlainLine> all) {
        if (all.stream().noneMatch(PlainLine::isCurrentThread)) {
            all.forEach(PlainLine::awaitEnd);
        }
    }
}
