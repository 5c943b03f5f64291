package org.brokertck.rabbitmq.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.brokertck.api.BrokerException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.partitioned.KeyHash;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.Position;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.MessageSizes;
import org.jspecify.annotations.Nullable;

/** The producing calls: they check, choose the partition, and wait for what the sender brings about. */
final class Producer {
    /**
     * How much longer than asked for an outcome is waited for: so that, with a server that takes nothing, whoever waits for room is
     * refused before the room of others is given away.
     */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final Duration LITTLE = Duration.ofSeconds(1);

    private final LogParts parts;
    private final Topics topics;
    private final Tails tails;
    private final Outbox outbox;
    private final Sender sender;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger keyless = new AtomicInteger();

    Producer(LogParts parts, Topics topics, Tails tails, Outbox outbox, Sender sender) {
        this.parts = parts;
        this.topics = topics;
        this.tails = tails;
        this.outbox = outbox;
        this.sender = sender;
    }

    Position produce(String topic, KeyedMessage message) {
        Pending pending = checked(topic, message);
        try {
            enter(topic, List.of(pending));
            return outcome(pending, Deadline.in(patience()));
        } catch (InterruptedException e) {
            return interrupted(pending, e);
        }
    }

    CompletableFuture<Position> produceAsync(String topic, KeyedMessage message) {
        Pending pending = checked(topic, message);
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            pending.share();
            enter(topic, List.of(pending));
            return pending.outcome.copy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw undone(topic, e);
        }
    }

    List<Position> produceBatch(String topic, List<KeyedMessage> messages) {
        Objects.requireNonNull(messages, "messages");
        List<KeyedMessage> copy = new ArrayList<>();
        messages.forEach(message -> copy.add(Objects.requireNonNull(message, "a message in messages")));
        Objects.requireNonNull(topic, "topic");
        parts.requireOpen();
        int unused = topics.partitionsOf(topic);
        copy.forEach(Producer::requireFits);
        List<Pending> all = new ArrayList<>();
        copy.forEach(message -> all.add(checked(topic, message)));
        if (all.isEmpty()) {
            return List.of();
        }
        try {
            enter(topic, all);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw undone(topic, e);
        }
        return awaitAll(topic, all);
    }

    private Pending checked(String topic, KeyedMessage message) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(message, "message");
        parts.requireOpen();
        int partitions = topics.partitionsOf(topic);
        requireFits(message);
        String key = message.key();
        int partition = key == null
                ? Integer.remainderUnsigned(keyless.getAndIncrement(), partitions)
                : KeyHash.partition(key, partitions);
        String stream = topics.streamOf(topic, partition);
        try {
            tails.follow(stream, Deadline.in(parts.patience()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw undone(topic, e);
        }
        long number = numbers.incrementAndGet();
        byte[] body =
                RecordCodec.encode(new RecordCodec.Origin(parts.instance, number), System.currentTimeMillis(), message);
        return new Pending(
                topic,
                partition,
                number,
                message.valueSize(),
                patience().plus(GRACE).toNanos(),
                stream,
                body);
    }

    private static void requireFits(KeyedMessage message) {
        MessageSizes.require(message.valueSize(), message.headers());
    }

    /** How long a record may be under way: it may linger first. */
    private Duration patience() {
        return parts.patience().plus(parts.config.linger());
    }

    private void enter(String topic, List<Pending> all) throws InterruptedException {
        if (!outbox.add(all, parts.config.produceTimeout().toNanos())) {
            parts.requireOpen();
            all.forEach(it -> parts.figures.produceFailed());
            throw parts.openConnections() == 0
                    ? sender.unavailable()
                    : new QueueFullException("So much is on its way to " + parts.where() + " that no room was made for "
                            + all.size() + " more to topic '" + topic + "' within " + parts.config.produceTimeout()
                            + ": wait for what was produced, then try again");
        }
        all.forEach(sender::watch);
    }

    /** What was sent may be there: its outcome is waited for a little, so that nothing is left half done. */
    private Position interrupted(Pending pending, InterruptedException interrupt) {
        try {
            // It may not have got as far as into the outbox, where it can be taken back from.
            if (sender.takeBack(pending) || pending.publication.withdraw()) {
                throw undone(pending.topic, interrupt);
            }
            return outcome(pending, Deadline.in(LITTLE));
        } catch (InterruptedException again) {
            throw sender.unknown(pending);
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    private Position outcome(Pending pending, Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            return pending.outcome.get(deadline.nanosLeft() + GRACE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw sender.takeBack(pending) ? sender.unavailable() : sender.unknown(pending);
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    private List<Position> awaitAll(String topic, List<Pending> all) {
        List<Position> positions = new ArrayList<>();
        BrokerException first = null;
        boolean interrupted = false;
        Deadline deadline = Deadline.in(patience());
        for (Pending pending : all) {
            if (first != null && sender.takeBack(pending)) {
                // Nothing should follow what is missing.
                continue;
            }
            try {
                positions.add(outcome(pending, deadline));
            } catch (InterruptedException e) {
                interrupted = true;
                first = undone(topic, e);
                if (!sender.takeBack(pending)) {
                    first = sender.unknown(pending);
                }
            } catch (BrokerException e) {
                first = first == null || e instanceof OperationTimeoutException ? e : first;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (first != null) {
            throw positions.isEmpty() || first instanceof OperationTimeoutException
                    ? first
                    : new OperationTimeoutException(
                            "Only %d of %d records of a batch to topic '%s' were taken (%s). Which ones is unknown; repeating it may duplicate them."
                                    .formatted(positions.size(), all.size(), topic, first.getMessage()),
                            first);
        }
        return positions;
    }

    private OperationInterruptedException undone(String topic, InterruptedException interrupt) {
        return new OperationInterruptedException(
                "Interrupted while producing to topic '" + topic + "': nothing was produced", interrupt);
    }

    private static RuntimeException thrown(@Nullable Throwable cause) {
        if (cause instanceof BrokerException known) {
            // Made on another thread: its own trace would not show who called.
            known.addSuppressed(new IllegalStateException("Called here"));
            return known;
        }
        return new IllegalStateException(cause);
    }
}
