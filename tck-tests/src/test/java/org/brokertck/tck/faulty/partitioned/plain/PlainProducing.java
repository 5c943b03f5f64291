package org.brokertck.tck.faulty.partitioned.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.brokertck.api.BrokerException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.UnknownTopicException;
import org.brokertck.api.partitioned.KeyHash;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.Position;
import org.brokertck.tck.scenario.LargeHeaders;
import org.jspecify.annotations.Nullable;

/** The producers' half of the plain broker: what may be produced, where it goes, and who waits for it. */
public abstract class PlainProducing extends PlainBatching {
    private int turn;

    PlainProducing(Opening opening) {
        super(opening);
    }

    @Override
    public Position produce(String topic, KeyedMessage message) {
        return awaitAll(accepted(topic, List.of(checked(message, "message")))).get(0);
    }

    @Override
    public CompletableFuture<Position> produceAsync(String topic, KeyedMessage message) {
        return accepted(topic, List.of(checked(message, "message"))).get(0).future();
    }

    @Override
    public List<Position> produceBatch(String topic, List<KeyedMessage> messages) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(messages, "messages");
        messages.forEach(it -> checked(it, "a message in messages"));
        return produceAll(topic, List.copyOf(messages));
    }

    /** Produces a batch whose records are all valid. */
    protected List<Position> produceAll(String topic, List<KeyedMessage> messages) {
        boolean fits = messages.size() <= config().partitionCapacity();
        if (fits) {
            return awaitAll(accepted(topic, messages));
        }
        List<Pending> soFar = new ArrayList<>();
        try {
            messages.forEach(it -> soFar.addAll(accepted(topic, List.of(it))));
        } catch (BrokerException refusal) {
            if (soFar.isEmpty()) {
                throw refusal;
            }
            awaitAll(soFar);
            throw new OperationTimeoutException(
                    "Only the first " + soFar.size() + " of " + messages.size() + " records are there", refusal);
        }
        return awaitAll(soFar);
    }

    /** A message that may be produced. */
    protected KeyedMessage checked(KeyedMessage message, String argument) {
        Objects.requireNonNull(message, argument);
        try {
            checkSize(message);
        } catch (MessageTooLargeException refusal) {
            locked(() -> counted(false));
            throw refusal;
        }
        return message;
    }

    /** Refuses what is too large. */
    protected void checkSize(KeyedMessage message) {
        if (message.valueSize() > limits().maxPayloadBytes()) {
            throw new MessageTooLargeException("The value has " + message.valueSize() + " bytes, and broker '" + name()
                    + "' takes " + limits().maxPayloadBytes() + " at most");
        }
        long headers = LargeHeaders.bytes(message.headers());
        if (headers > limits().maxHeaderBytes()) {
            throw new MessageTooLargeException("The headers have " + headers + " bytes, and broker '" + name()
                    + "' takes " + limits().maxHeaderBytes() + " at most");
        }
    }

    /** Takes records in, all at once, when there is room for all. */
    protected List<Pending> accepted(String topicName, List<KeyedMessage> messages) {
        Objects.requireNonNull(topicName, "topic");
        long start = time().nanoTime();
        return locked(() -> {
            requireOpen();
            try {
                Topic topic = topic(topicName);
                List<Partition> partitions =
                        messages.stream().map(it -> chosen(topic, it)).toList();
                awaitRoom(topic, partitions);
                List<Pending> accepted = new ArrayList<>();
                for (int i = 0; i < messages.size(); i++) {
                    accepted.add(accept(partitions.get(i), messages.get(i), start));
                }
                return accepted;
            } catch (QueueFullException | UnknownTopicException | OperationInterruptedException refusal) {
                counted(false);
                throw refusal;
            }
        });
    }

    /** Where a message goes. */
    protected Partition chosen(Topic topic, KeyedMessage message) {
        int number = message.key() == null ? withoutKey(topic) : ofKey(message.key(), topic.size());
        return topic.partitions().get(number);
    }

    /** The partition of a key. */
    protected int ofKey(String key, int partitions) {
        return KeyHash.partition(key, partitions);
    }

    /** The partition of a record that has no key. */
    protected int withoutKey(Topic topic) {
        return Math.floorMod(turn++, topic.size());
    }

    /** Waits until there is room in all these partitions. */
    protected void awaitRoom(Topic topic, List<Partition> partitions) {
        long deadline = time().nanoTime() + config().produceTimeout().toNanos();
        boolean inTime = true;
        while (!hasRoom(partitions)) {
            if (!inTime) {
                throw new QueueFullException("Topic '" + topic.name() + "' of broker '" + name() + "' holds "
                        + config().partitionCapacity() + " unhandled records in a partition: it is full");
            }
            try {
                inTime = time().awaitUntil(store().lock, topic.room, deadline);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException(
                        "Interrupted while waiting for room in topic '" + topic.name() + "'", e);
            }
            requireOpen();
        }
    }

    private boolean hasRoom(List<Partition> partitions) {
        return partitions.size() == 1
                ? hasRoom(partitions.get(0), 1)
                : partitions.stream().distinct().allMatch(it -> hasRoom(it, count(partitions, it)));
    }

    private static int count(List<Partition> partitions, Partition partition) {
        return (int) partitions.stream().filter(it -> it == partition).count();
    }

    /** Whether so many more fit. */
    protected boolean hasRoom(Partition partition, int records) {
        return partition.taken() + records <= config().partitionCapacity();
    }

    /** Takes a record in. */
    protected Pending accept(Partition partition, KeyedMessage message, long startNanos) {
        Pending pending = new Pending(partition, stored(message), startNanos, time().nanoTime());
        partition.promised++;
        gathered.addLast(pending);
        startSender();
        if (isRipe()) {
            toSend.signal();
        } else if (gathered.size() == 1) {
            arm();
        }
        return pending;
    }

    /** What is kept of a message. */
    protected KeyedMessage stored(KeyedMessage message) {
        return message;
    }

    /** Waits for all, in order. */
    protected List<Position> awaitAll(List<Pending> all) {
        List<Position> positions = new ArrayList<>();
        @Nullable RuntimeException refusal = null;
        boolean interrupted = false;
        for (Pending it : all) {
            try {
                positions.add(it.future().get());
            } catch (InterruptedException e) {
                interrupted = true;
                if (locked(() -> withdraw(all))) {
                    Thread.currentThread().interrupt();
                    throw new OperationInterruptedException(
                            "Interrupted while producing to broker '" + name() + "'", e);
                }
                positions.add(it.future().join());
            } catch (ExecutionException e) {
                refusal = refusal == null ? (RuntimeException) Objects.requireNonNull(e.getCause()) : refusal;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (refusal != null) {
            throw positions.isEmpty()
                    ? refusal
                    : new OperationTimeoutException("Some of " + all.size() + " records are there", refusal);
        }
        return positions;
    }

    /** Takes records back of which none was sent. */
    protected boolean withdraw(List<Pending> all) {
        if (all.stream().anyMatch(it -> it.appended)) {
            return false;
        }
        for (Pending it : all) {
            it.withdrawn = true;
            if (gathered.remove(it)) {
                release(it);
            }
        }
        counted(false);
        return true;
    }
}
