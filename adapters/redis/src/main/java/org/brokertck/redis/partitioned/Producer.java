package org.brokertck.redis.partitioned;

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
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.partitioned.KeyHash;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.Position;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.brokertck.redis.connection.SizeLimits;
import org.jspecify.annotations.Nullable;

/** The producing calls: they check, choose the partition, and wait for what the sender brings about. */
final class Producer {
    private static final Duration GRACE = Duration.ofMillis(500);

    private final LogParts parts;
    private final LogCalls calls;
    private final Topics topics;
    private final Outbox outbox;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger keyless = new AtomicInteger();

    Producer(LogParts parts, LogCalls calls, Topics topics, Outbox outbox) {
        this.parts = parts;
        this.calls = calls;
        this.topics = topics;
        this.outbox = outbox;
    }

    Position produce(String topic, KeyedMessage message) {
        Checked checked = checked(topic, message);
        return await(outbox.add(topic, checked.partition, checked.maker()), asked(topic));
    }

    CompletableFuture<Position> produceAsync(String topic, KeyedMessage message) {
        Checked checked = checked(topic, message);
        if (Thread.currentThread().isInterrupted()) {
            throw parts.failures().interrupted(asked(topic), "nothing was done");
        }
        if (!outbox.isRoomKnown(topic, checked.partition)) {
            learnRoom(topic, checked.partition);
        }
        Pending accepted = outbox.accept(topic, checked.partition, message.valueSize(), checked.maker());
        if (accepted != null) {
            return accepted.outcome.copy();
        }
        // Only the server knows whether there is room: its answer is waited for, as the contract has it for a full
        // broker.
        return CompletableFuture.completedFuture(
                await(outbox.add(topic, checked.partition, checked.maker()), asked(topic)));
    }

    private void learnRoom(String topic, int partition) {
        int capacity = parts.config().partitionCapacity();
        outbox.learnRoom(
                topic,
                partition,
                calls.repeatable(
                        asked(topic), (link, time) -> parts.server().room(link, time, topic, partition, capacity)));
    }

    List<Position> produceBatch(String topic, List<KeyedMessage> messages) {
        Objects.requireNonNull(messages, "messages");
        List<KeyedMessage> copy = new ArrayList<>();
        messages.forEach(message -> copy.add(Objects.requireNonNull(message, "a message in messages")));
        parts.lifecycle().requireOpen();
        int unused = topics.partitionsOf(Objects.requireNonNull(topic, "topic"));
        List<Integer> partitions = new ArrayList<>();
        List<Outbox.Maker> makers = new ArrayList<>();
        for (KeyedMessage message : copy) {
            Checked checked = checked(topic, message);
            partitions.add(checked.partition);
            makers.add(checked.maker());
        }
        return awaitAll(outbox.addAll(topic, partitions, makers), asked(topic));
    }

    private Checked checked(String topic, KeyedMessage message) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(message, "message");
        parts.lifecycle().requireOpen();
        int partitions = topics.partitionsOf(topic);
        byte[] headers = SizeLimits.requireFits("topic '" + topic + "'", message.valueSize(), message.headers());
        String key = message.key();
        int partition = key == null
                ? Integer.remainderUnsigned(keyless.getAndIncrement(), partitions)
                : KeyHash.partition(key, partitions);
        return new Checked(message, headers, partition);
    }

    private final class Checked {
        final int partition;
        private final KeyedMessage message;
        private final byte[] headers;

        Checked(KeyedMessage message, byte[] headers, int partition) {
            this.message = message;
            this.headers = headers;
            this.partition = partition;
        }

        Outbox.Maker maker() {
            long number = numbers.incrementAndGet();
            byte[] bytes = RecordCodec.encode(new RecordCodec.Origin(parts.instance(), number), message, headers);
            long room = parts.config().produceTimeout().toNanos();
            long server = parts.patience().toNanos();
            return (line, accepted) -> new Pending(line, bytes, message.valueSize(), number, accepted, room, server);
        }
    }

    private Position await(Pending pending, String asked) {
        try {
            return outcome(pending, Deadline.in(parts.patience().plus(GRACE)), asked);
        } catch (InterruptedException e) {
            return interrupted(pending, asked);
        }
    }

    /** What was sent may be there: its outcome is waited for a little, so that nothing is left half done. */
    private Position interrupted(Pending pending, String asked) {
        if (outbox.withdraw(pending) && !pending.outcome.isDone()) {
            parts.figures().produceFailed();
            throw parts.failures().interrupted(asked, "nothing was done");
        }
        try {
            return outcome(pending, Deadline.in(LogParts.LEAST_FOR_SERVER), asked);
        } catch (InterruptedException e) {
            throw parts.failures().unknown(new RedisFailure(Kind.LOST, "interrupted", e), asked);
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    private Position outcome(Pending pending, Deadline deadline, String asked) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            return pending.outcome.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            RedisFailure silence = new RedisFailure(Kind.LOST, "no answer in time", e);
            throw outbox.withdraw(pending)
                    ? parts.failures().unavailable(silence, asked)
                    : parts.failures().unknown(silence, asked);
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    private List<Position> awaitAll(List<Pending> all, String asked) {
        List<Position> positions = new ArrayList<>();
        BrokerException first = null;
        boolean interrupted = false;
        Deadline deadline = Deadline.in(parts.patience().plus(GRACE));
        for (Pending pending : all) {
            if (first != null && outbox.withdraw(pending) && !pending.outcome.isDone()) {
                // Nothing should follow what is missing.
                continue;
            }
            try {
                positions.add(outcome(pending, deadline, asked));
            } catch (InterruptedException e) {
                interrupted = true;
                first = parts.failures().interrupted(asked, "nothing was done");
                // It is set again in the end.
                boolean unused = Thread.interrupted();
            } catch (BrokerException e) {
                first = first != null && !(e instanceof OperationTimeoutException) ? first : e;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (first != null) {
            throw positions.isEmpty() || first instanceof OperationTimeoutException
                    ? first
                    : new OperationTimeoutException(
                            "Only %d of %d records were taken when trying to %s (%s). Which ones is unknown; repeating it may duplicate them."
                                    .formatted(positions.size(), all.size(), asked, first.getMessage()),
                            first);
        }
        return positions;
    }

    private static RuntimeException thrown(@Nullable Throwable cause) {
        if (cause instanceof BrokerException known) {
            // Made on another thread: its own trace would not show who called.
            known.addSuppressed(new IllegalStateException("Called here"));
            return known;
        }
        return new IllegalStateException(cause);
    }

    private static String asked(String topic) {
        return "produce to topic '" + topic + "'";
    }
}
