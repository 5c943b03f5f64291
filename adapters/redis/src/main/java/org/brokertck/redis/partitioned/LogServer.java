package org.brokertck.redis.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.Caller;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/** What one instance asks of the server about topics and records, in Java's types. Stateless: the caller brings the connection. */
final class LogServer {
    /** Much longer than a command can be on its way. */
    private static final Duration LANE = Duration.ofMinutes(10);

    private static final byte[] LANE_MILLIS = Bytes.of(LANE.toMillis());

    private final LogKeys keys;
    private final byte[] prefix;
    private final byte[] lane;

    LogServer(LogKeys keys, String instance) {
        this.keys = keys;
        this.prefix = keys.prefix.bytes();
        this.lane = keys.lane(instance);
    }

    /** @return how many partitions the topic has now */
    int create(Caller link, Duration timeout, String topic, int partitions) {
        return (int) number(LogScript.CREATE.run(
                link, timeout, List.of(keys.topics), List.of(Bytes.of(topic), Bytes.of(partitions))));
    }

    /** @return how many partitions the topic has; 0 when there is none of that name */
    int partitions(Caller link, Duration timeout, String topic) {
        Object reply = link.call(timeout, Command.HGET, keys.topics, Bytes.of(topic));
        return reply == null ? 0 : Integer.parseInt(Bytes.text(reply));
    }

    /** Appends a batch. Repeating it, with the same number, appends nothing more and answers the same. */
    BatchAnswer produce(Caller link, Duration timeout, Batch batch, int capacity) {
        List<byte[]> arguments = new ArrayList<>(List.of(
                prefix,
                keys.news,
                Bytes.of(batch.number()),
                Bytes.of(capacity),
                LANE_MILLIS,
                Bytes.of(batch.lines().size())));
        batch.addTo(arguments);
        return BatchAnswer.of(Objects.requireNonNull(LogScript.PRODUCE.run(link, timeout, List.of(lane), arguments)));
    }

    /** @return how many records the partition has room for now */
    long room(Caller link, Duration timeout, String topic, int partition, int capacity) {
        return number(LogScript.ROOM.run(
                link,
                timeout,
                List.of(keys.groups(topic)),
                List.of(prefix, Bytes.of(topic), Bytes.of(partition), Bytes.of(capacity))));
    }

    /** @return what became of a batch; nothing when it was not appended, and now never will be */
    @Nullable
    BatchAnswer resolve(Caller link, Duration timeout, Batch batch) {
        Object reply =
                LogScript.RESOLVE.run(link, timeout, List.of(lane), List.of(Bytes.of(batch.number()), LANE_MILLIS));
        return reply == null || Bytes.text(reply).isEmpty() ? null : BatchAnswer.of(List.of(reply));
    }

    /** What is there from these offsets on: the entries of each stream; null for one that there was no time to look at. */
    List<@Nullable List<?>> fetch(Caller link, Duration timeout, int mostBytes, List<Wanted> wanted) {
        List<byte[]> streams = new ArrayList<>();
        List<byte[]> arguments = new ArrayList<>(List.of(Bytes.of(mostBytes)));
        for (Wanted one : wanted) {
            streams.add(keys.stream(one.topic(), one.partition()));
            arguments.add(Bytes.of(one.from()));
            arguments.add(Bytes.of(one.most()));
        }
        List<@Nullable List<?>> answer = new ArrayList<>();
        for (Object entries : list(LogScript.FETCH.run(link, timeout, streams, arguments))) {
            answer.add(entries instanceof List<?> some ? some : null);
        }
        return answer;
    }

    /** Dead letters, oldest first, after this entry; from the first when it is empty. */
    List<?> dead(Caller link, Duration timeout, String topic, String after, int limit) {
        byte[] from = Bytes.of(after.isEmpty() ? "-" : "(" + after);
        return list(link.call(
                timeout, Command.XRANGE, keys.dead(topic), from, Bytes.of("+"), Bytes.of("COUNT"), Bytes.of(limit)));
    }

    int purge(Caller link, Duration timeout, String topic) {
        return (int) Math.min(
                Integer.MAX_VALUE, number(LogScript.PURGE.run(link, timeout, List.of(keys.dead(topic)), List.of())));
    }

    /** Deletes what the instance alone had. */
    void signOff(Caller link, Duration timeout) {
        Object unused = link.call(timeout, Command.DEL, lane);
    }

    /** Deletes the whole broker. */
    void removeAll(Caller link, Duration timeout) {
        Map<String, Integer> topics = new HashMap<>();
        for (Object name : list(link.call(timeout, Command.HKEYS, keys.topics))) {
            topics.put(Bytes.text(name), partitions(link, timeout, Bytes.text(name)));
        }
        for (Map.Entry<String, Integer> topic : topics.entrySet()) {
            List<byte[]> doomed = new ArrayList<>();
            for (Object name : list(link.call(timeout, Command.SMEMBERS, keys.groups(topic.getKey())))) {
                GroupName group = new GroupName(topic.getKey(), Bytes.text(name));
                doomed.addAll(List.of(
                        keys.commits(group),
                        keys.attempts(group),
                        keys.members(group),
                        keys.leases(group),
                        keys.plan(group),
                        keys.owners(group)));
            }
            for (int partition = 0; partition < topic.getValue(); partition++) {
                doomed.add(keys.stream(topic.getKey(), partition));
            }
            doomed.add(keys.next(topic.getKey()));
            doomed.add(keys.dead(topic.getKey()));
            doomed.add(keys.full(topic.getKey()));
            doomed.add(keys.groups(topic.getKey()));
            Object unused = link.call(timeout, Command.UNLINK, doomed.toArray(byte[][]::new));
        }
        Object unused = link.call(timeout, Command.UNLINK, keys.topics);
    }

    static List<?> list(@Nullable Object reply) {
        return (List<?>) Objects.requireNonNull(reply);
    }

    static long number(@Nullable Object reply) {
        return (Long) Objects.requireNonNull(reply);
    }
}
