package org.brokertck.redis.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.Link;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/** What one instance asks of the server about one queue, in Java's types. Stateless: the caller brings the connection. */
final class QueueServer {
    /** How long an instance counts as alive after its last heartbeat. */
    static final Duration LEASE = Duration.ofSeconds(5);

    private static final byte[] GROUP = Bytes.of("workers");
    private static final byte[] RELEASED = Bytes.of("@released");
    private static final byte[] DELAYED = Bytes.of("@delayed");
    private static final byte[] MOST_ENTRIES = Bytes.of(100);
    private static final byte[] MOST_BYTES = Bytes.of(4 << 20);

    private final Keys keys;
    private final byte[] instance;

    QueueServer(String queue, String instance) {
        this.keys = new Keys(queue, instance);
        this.instance = Bytes.of(instance);
    }

    /** Makes what the queue needs, where it is not there yet, and enters the instance. */
    void open(Link link, Duration timeout) {
        QueueScript.OPEN.run(link, timeout, List.of(keys.stream, keys.instances), List.of(GROUP, instance, lease()));
    }

    /** @return whether the message is in the queue; false when the queue is full */
    boolean produce(Link link, Duration timeout, int capacity, long lane, long number, List<byte[]> fields) {
        List<byte[]> arguments = new ArrayList<>(List.of(Bytes.of(capacity), Bytes.of(lane), Bytes.of(number)));
        arguments.addAll(fields);
        return number(QueueScript.PRODUCE.run(link, timeout, List.of(keys.stream, keys.lanes), arguments)) == 1;
    }

    /** @return whether the message was taken; when not, it never will be */
    boolean resolve(Link link, Duration timeout, long lane, long number) {
        return number(QueueScript.RESOLVE.run(
                        link, timeout, List.of(keys.lanes), List.of(Bytes.of(lane), Bytes.of(number))))
                == 1;
    }

    /** The next entry, if there is one now. */
    @Nullable
    Entry take(Link link, Duration timeout, String consumer) {
        return take(link, timeout, List.of(GROUP, Bytes.of(consumer), RELEASED));
    }

    /** Settles an entry that was handled, and takes the next. What a repetition takes is the same again. */
    @Nullable
    Entry ackAndTake(Link link, Duration timeout, String consumer, String handled) {
        return take(link, timeout, List.of(GROUP, Bytes.of(consumer), RELEASED, Bytes.of(handled)));
    }

    /**
     * The next new entry, as soon as there is one.
     *
     * @param wait on the server
     * @param timeout for the reply, on top
     */
    @Nullable
    Entry await(Link link, Duration wait, Duration timeout, String consumer) {
        Object reply = link.call(
                wait.plus(timeout),
                Command.XREADGROUP,
                Bytes.of("GROUP"),
                GROUP,
                Bytes.of(consumer),
                Bytes.of("COUNT"),
                Bytes.of(1),
                Bytes.of("BLOCK"),
                Bytes.of(wait.toMillis()),
                Bytes.of("STREAMS"),
                keys.stream,
                Bytes.of(">"));
        if (reply == null) {
            return null;
        }
        List<?> stream = (List<?>) ((List<?>) reply).get(0);
        return Entry.of(((List<?>) stream.get(1)).get(0));
    }

    /** Settles an entry that was handled. Repeating it does nothing. */
    void ack(Link link, Duration timeout, String id) {
        QueueScript.ACK.run(link, timeout, List.of(keys.stream), List.of(GROUP, Bytes.of(id)));
    }

    /** Has an entry that failed wait for its next attempt. Repeating it does nothing. */
    void retry(Link link, Duration timeout, String consumer, String id, long delayMicros) {
        QueueScript.RETRY.run(
                link,
                timeout,
                List.of(keys.stream, keys.delayed),
                List.of(GROUP, Bytes.of(consumer), Bytes.of(id), DELAYED, Bytes.of(delayMicros)));
    }

    /** Makes an entry a dead letter. Repeating it does nothing. */
    void bury(Link link, Duration timeout, String consumer, String id, List<byte[]> failure) {
        setAside(link, timeout, keys.dead, consumer, id, failure);
    }

    /** Sets an entry aside that is none of ours. */
    void setForeignAside(Link link, Duration timeout, String consumer, String id) {
        setAside(link, timeout, keys.foreign, consumer, id, List.of());
    }

    /** @return microseconds until the next retry is due, 0 when more are due now, less than 0 when none waits */
    long moveDue(Link link, Duration timeout) {
        return number(QueueScript.DUE.run(
                link, timeout, List.of(keys.stream, keys.delayed), List.of(GROUP, DELAYED, MOST_ENTRIES, MOST_BYTES)));
    }

    /** Renews the lease. @return this instance's consumers, and those of instances whose lease ran out */
    List<String> sweep(Link link, Duration timeout) {
        Object reply = QueueScript.SWEEP.run(
                link, timeout, List.of(keys.stream, keys.instances, keys.lanes), List.of(GROUP, instance, lease()));
        return ((List<?>) Objects.requireNonNull(reply))
                .stream().map(Bytes::text).toList();
    }

    /** Ends a consumer of this instance and lets go what it held. */
    void retire(Link link, Duration timeout, String consumer) {
        retire(link, timeout, consumer, "");
    }

    /** Ends a consumer of another instance and lets go what it held, unless that instance has a lease again. */
    void retireAbandoned(Link link, Duration timeout, String consumer) {
        retire(link, timeout, consumer, ConsumerName.instanceOf(consumer));
    }

    /** Takes the instance off the list. */
    void leave(Link link, Duration timeout) {
        QueueScript.LEAVE.run(link, timeout, List.of(keys.instances, keys.lanes), List.of(instance));
    }

    long countDead(Link link, Duration timeout) {
        return number(link.call(timeout, Command.XLEN, keys.dead));
    }

    /** The id of the youngest dead letter; empty when there is none. */
    String lastDead(Link link, Duration timeout) {
        List<?> reply = range(link, timeout, Command.XREVRANGE, Bytes.of("+"), Bytes.of("-"), 1);
        return reply.isEmpty() ? "" : Entry.of(reply.get(0)).id();
    }

    /** Dead letters, oldest first, after one (or from the first, when that is empty) and up to another. */
    List<Entry> dead(Link link, Duration timeout, String after, String upTo, int limit) {
        byte[] from = after.isEmpty() ? Bytes.of("-") : Bytes.of("(" + after);
        return range(link, timeout, Command.XRANGE, from, Bytes.of(upTo), limit).stream()
                .map(Entry::of)
                .toList();
    }

    /** @return how many dead letters up to the given one went back; fewer than the limit may just mean to call again */
    int redrive(Link link, Duration timeout, String upTo, int limit) {
        byte[] most = Bytes.of(Math.min(limit, 100));
        return (int) number(QueueScript.REDRIVE.run(
                link, timeout, List.of(keys.stream, keys.dead), List.of(Bytes.of(upTo), most, MOST_BYTES)));
    }

    int purge(Link link, Duration timeout) {
        return (int) Math.min(
                Integer.MAX_VALUE, number(QueueScript.PURGE.run(link, timeout, List.of(keys.dead), List.of())));
    }

    private @Nullable Entry take(Link link, Duration timeout, List<byte[]> arguments) {
        Object reply = QueueScript.TAKE.run(link, timeout, List.of(keys.stream), arguments);
        return reply == null ? null : Entry.of(reply);
    }

    private void setAside(
            Link link, Duration timeout, byte[] target, String consumer, String id, List<byte[]> further) {
        List<byte[]> arguments = new ArrayList<>(List.of(GROUP, Bytes.of(consumer), Bytes.of(id)));
        arguments.addAll(further);
        QueueScript.SETASIDE.run(link, timeout, List.of(keys.stream, target), arguments);
    }

    private void retire(Link link, Duration timeout, String consumer, String onlyWithout) {
        QueueScript.RETIRE.run(
                link,
                timeout,
                List.of(keys.stream, keys.instances),
                List.of(GROUP, Bytes.of(consumer), RELEASED, Bytes.of(onlyWithout)));
    }

    private List<?> range(Link link, Duration timeout, Command command, byte[] from, byte[] to, int limit) {
        Object reply = link.call(timeout, command, keys.dead, from, to, Bytes.of("COUNT"), Bytes.of(limit));
        return (List<?>) Objects.requireNonNull(reply);
    }

    private static byte[] lease() {
        return Bytes.of(LEASE.toNanos() / 1000);
    }

    private static long number(@Nullable Object reply) {
        return (Long) Objects.requireNonNull(reply);
    }
}
