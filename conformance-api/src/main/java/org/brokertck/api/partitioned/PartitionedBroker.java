package org.brokertck.api.partitioned;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.UnknownTopicException;
import org.jspecify.annotations.Nullable;

/**
 * A log of records, split into partitions by key and read by groups of consumers. Each group receives every record; the members of
 * a group divide the partitions among themselves, so that the records of one key are handled one after another, in order. All
 * methods may be called from many threads at once (rule G-4). The rules L-1 to L-23 and G-1 to G-14 say exactly what a conforming
 * broker does.
 *
 * <p>Names of topics and groups are 1 to 100 letters, digits, dots, hyphens and underscores of ASCII.
 */
public interface PartitionedBroker extends AutoCloseable {
    /** The name under which the broker was opened. Brokers with different names share nothing (rule G-11). */
    String name();

    /**
     * Creates a topic; does nothing when it is there with as many partitions (rule L-1).
     *
     * @param topic its name
     * @param partitions from 1 to {@link PartitionedConfig#MOST_PARTITIONS}
     * @throws NullPointerException when the topic is null
     * @throws IllegalArgumentException when the name or the number is out of bounds, or the topic has another number of partitions
     * @throws ClosedException when the broker is shut down
     * @throws BrokerUnavailableException when the server cannot be reached
     * @throws OperationTimeoutException when the server did not confirm in time: outcome unknown
     */
    void createTopic(String topic, int partitions);

    /**
     * Appends one record, and returns when the broker has it. It is the partition of its key that it goes to (rule L-3); without
     * a key, any (rule L-16).
     *
     * <p>Waits for room, and for the server, for at most {@link PartitionedConfig#produceTimeout()}.
     *
     * @param key names the thing that the record is about; may be empty, or null for none
     * @param value copied
     * @return where the record is
     * @throws NullPointerException when the topic or the value is null
     * @throws UnknownTopicException when nobody created the topic
     * @throws QueueFullException when no room was made in time; the record is refused (rule L-19)
     * @throws MessageTooLargeException when the record is over the stated limits; it is refused
     * @throws ClosedException when the broker is shut down before or while the call waits; the record is refused
     * @throws OperationInterruptedException when the thread is interrupted while the call waits; nothing is half done
     * @throws BrokerUnavailableException when the server cannot be reached; the record is refused
     * @throws OperationTimeoutException when the server did not confirm in time: outcome unknown
     */
    default Position produce(String topic, @Nullable String key, byte[] value) {
        return produce(topic, KeyedMessage.of(key, value));
    }

    /** Appends one record with headers, as {@link #produce(String, String, byte[])} does. */
    Position produce(String topic, KeyedMessage message);

    /**
     * Appends one record without waiting for the server. Records that one thread produces so keep their order. The call itself
     * waits where there is no room, so that no caller can pile up more than the broker holds (rule L-19).
     *
     * <p>Bad arguments, an unknown topic, a record too large, a full broker, a shut-down one and an interrupt are thrown by the call,
     * as {@link #produce(String, String, byte[])} throws them; what becomes of a record that was taken is told by the future.
     *
     * @return completes with the position when the broker has the record; exceptionally with {@link BrokerUnavailableException},
     *     {@link OperationTimeoutException} or {@link ClosedException} otherwise. Always completes
     */
    CompletableFuture<Position> produceAsync(String topic, KeyedMessage message);

    /**
     * Appends records as though they were produced in turn (rule L-13). When one of them is invalid or too large, none is appended.
     *
     * @param messages may be empty
     * @return the positions, in the order of the messages
     * @throws RuntimeException as {@link #produce(String, String, byte[])}. One that leaves the outcome of the whole unknown is an
     *     {@link OperationTimeoutException}: some of the records may then be there, in order
     */
    List<Position> produceBatch(String topic, List<KeyedMessage> messages);

    /** Joins a group that starts where {@link PartitionedConfig#startFrom()} says when it is new. */
    GroupMember subscribe(String topic, String group, RecordHandler handler);

    /**
     * Joins a group and returns at once. The partitions are divided anew among all its members; each member's handler is called for
     * the records of its partitions, one at a time per partition, in order. A record is committed when its handler has returned; one
     * whose handler throws is tried again in place, and set aside among the {@link #deadLetters} when
     * {@link PartitionedConfig#deliveryLimit()} attempts failed (rule L-15).
     *
     * <p>A group is there from its first subscription on, whether it has members or not: it resumes after its last committed record
     * (rule L-11).
     *
     * @param startFrom where a group that is new starts in each partition; without the capability {@code REPLAY}, always
     *     {@link StartFrom#LATEST}
     * @param handler one member's handler may be called for several partitions at once
     * @return the handle that leaves the group. When the call returns, the group is there: what is produced from now on reaches it
     * @throws NullPointerException when an argument is null
     * @throws IllegalArgumentException when a name is out of bounds
     * @throws UnknownTopicException when nobody created the topic
     * @throws ClosedException when the broker is shut down
     * @throws BrokerUnavailableException when the server cannot be reached
     */
    GroupMember subscribe(String topic, String group, RecordHandler handler, StartFrom startFrom);

    /**
     * Where a group stands in each partition: the offset after its last committed record, which is where it resumes. Never goes
     * back. Needs the capability {@code OFFSETS}.
     *
     * @return by partition; empty when there is no such group
     * @throws UnknownTopicException when nobody created the topic
     * @throws ClosedException when the broker is shut down
     * @throws UnsupportedOperationException without the capability
     */
    Map<Integer, Long> committed(String topic, String group);

    /**
     * Reads the log without a group (rule L-12). Needs the capability {@code REPLAY}.
     *
     * @param from where to start; the oldest that is kept when that is later
     * @param limit 1 or more: how many to return at most
     * @return what is there now from that offset on, in order; it may be fewer than the limit though more are there, but not none
     * @throws IllegalArgumentException when the partition does not exist, the offset is negative or the limit below 1
     * @throws UnknownTopicException when nobody created the topic
     * @throws ClosedException when the broker is shut down
     * @throws UnsupportedOperationException without the capability
     */
    List<PartitionRecord> read(String topic, int partition, long from, int limit);

    /**
     * The records of a topic that were set aside, by whichever group.
     *
     * @throws UnknownTopicException when nobody created the topic
     */
    RecordDeadLetters deadLetters(String topic);

    /** The figures now; also after a shutdown, with their last values (rule G-2). Never waits for a server. */
    PartitionedMetrics metrics();

    /**
     * Shuts down gracefully (rule L-18): what was accepted is flushed, running handlers finish and their records are committed, no
     * handler starts any more, and calls are refused. When the deadline has passed, what still runs is interrupted and stays
     * uncommitted. Afterwards no thread of the broker is left (rule G-10). Shutting down again does nothing but wait for the same end.
     * Called from inside a handler of this broker it begins the shutdown and returns without waiting.
     *
     * @param deadline 0 or more: how long to wait
     * @return what was cut off
     * @throws NullPointerException when the deadline is null
     * @throws IllegalArgumentException when it is negative
     * @throws OperationInterruptedException when the thread is interrupted while it waits: the broker is shut down all the same, as
     *     though the deadline had passed
     */
    ShutdownReport shutdown(Duration deadline);

    /** {@link #shutdown} within {@link PartitionedConfig#drainTimeout()}. */
    @Override
    void close();
}
