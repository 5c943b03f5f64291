package org.brokertck.reference.partitioned;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.brokertck.api.BrokerException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.target.Limits;
import org.brokertck.reference.internal.SizeCheck;
import org.jspecify.annotations.Nullable;

/** The producers' side: checks sizes, reads the clock, chooses the partition, and measures every so many produces. */
final class Production {
    /** One in so many produces of a partition is measured; a power of two. The first one is. */
    private static final int SAMPLED = 64;

    private final Surroundings around;
    private final SizeCheck sizes;
    private final int largestValue;

    Production(Surroundings around, Limits limits) {
        this.around = around;
        this.sizes = new SizeCheck(limits);
        this.largestValue = limits.maxPayloadBytes();
    }

    /** A record without headers, without a detour over a message. */
    Position produce(Topic topic, @Nullable String key, byte[] value) {
        if (value.length > largestValue) {
            requireFits(value.length, Map.of());
        }
        return append(topic.partitionOf(key), key, value.clone(), Map.of());
    }

    Position produce(Topic topic, KeyedMessage message) {
        requireFits(message.valueSize(), message.headers());
        return append(topic.partitionOf(message.key()), message.key(), message.value(), message.headers());
    }

    private Position append(Partition partition, @Nullable String key, byte[] value, Map<String, String> headers) {
        long offset = isSampled(partition)
                ? appendMeasured(partition, key, value, headers)
                : partition.append(key, value, headers, tick());
        return new Position(partition.number(), offset);
    }

    CompletableFuture<Position> produceAsync(Topic topic, KeyedMessage message) {
        requireFits(message.valueSize(), message.headers());
        return enqueue(topic, message);
    }

    /** All are checked before one is appended (rule L-13). */
    List<Position> produceBatch(Topic topic, List<KeyedMessage> messages) {
        messages.forEach(message -> requireFits(message.valueSize(), message.headers()));
        List<CompletableFuture<Position>> appended = new ArrayList<>();
        for (KeyedMessage message : messages) {
            try {
                appended.add(enqueue(topic, message));
            } catch (BrokerException e) {
                throw appended.isEmpty() ? e : partial(appended.size(), messages.size(), e);
            }
        }
        List<Position> positions = new ArrayList<>();
        for (CompletableFuture<Position> position : appended) {
            positions.add(await(position, messages.size()));
        }
        return positions;
    }

    private CompletableFuture<Position> enqueue(Topic topic, KeyedMessage message) {
        Partition partition = topic.partitionOf(message.key());
        return partition.appendAsync(message.key(), message.value(), message.headers(), tick());
    }

    private static Position await(CompletableFuture<Position> position, int size) {
        try {
            return position.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw partial(0, size, e);
        } catch (ExecutionException e) {
            throw partial(0, size, e);
        }
    }

    private static OperationTimeoutException partial(int appended, int size, Exception cause) {
        return new OperationTimeoutException(
                "At least the first " + appended + " records of a batch of " + size
                        + " were appended, in order; the others may or may not follow. Read the partitions to see, or"
                        + " produce smaller batches",
                cause);
    }

    private long appendMeasured(Partition partition, @Nullable String key, byte[] value, Map<String, String> headers) {
        long start = around.time().nanoTime();
        long offset = partition.append(key, value, headers, tick());
        around.latencies().took(around.time().nanoTime() - start);
        return offset;
    }

    private static boolean isSampled(Partition partition) {
        return (partition.records() & (SAMPLED - 1)) == 0;
    }

    /** The time of a record, of which the rates take notice before it is counted. */
    private long tick() {
        long millis = around.time().millis();
        around.rates().tick(millis);
        return millis;
    }

    private void requireFits(int valueBytes, Map<String, String> headers) {
        try {
            sizes.check(valueBytes, headers);
        } catch (MessageTooLargeException e) {
            around.produceFailed();
            throw e;
        }
    }
}
