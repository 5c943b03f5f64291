package org.brokertck.cli.unsafe;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.UnknownTopicException;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.KeyHash;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.RecordDeadLetters;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.api.partitioned.StartFrom;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XAddParams;

/**
 * A partitioned log as one writes it in an afternoon: a Redis stream for each partition, with consumer groups. Dead records are kept in
 * this process only. Its {@link RedisLogHabit}s make it unsafe.
 */
final class NaiveRedisLog implements PartitionedBroker {
    private static final int TIMEOUT_MILLIS = 2_000;

    private final URI uri;
    private final String name;
    private final PartitionedConfig config;
    private final Set<RedisLogHabit> habits;
    private final List<NaiveRedisMember> members = new CopyOnWriteArrayList<>();
    private final List<DeadRecord> dead = new CopyOnWriteArrayList<>();
    private final AtomicInteger keyless = new AtomicInteger();
    private Jedis shared;
    private volatile boolean closed;

    NaiveRedisLog(URI uri, String name, PartitionedConfig config, Set<RedisLogHabit> habits) {
        this.uri = uri;
        this.name = name;
        this.config = config;
        this.habits = habits;
        this.shared = connect();
    }

    /** Deletes all that is kept of a log. */
    static void remove(URI uri, String name) {
        try (Jedis jedis = new Jedis(uri, TIMEOUT_MILLIS)) {
            Set<String> keys = jedis.keys(name + ":*");
            if (!keys.isEmpty()) {
                jedis.del(keys.toArray(String[]::new));
            }
        } catch (JedisException e) {
            throw new BrokerUnavailableException("Log " + name + " cannot be deleted", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void createTopic(String topic, int partitions) {
        String there = withServer(jedis -> {
            jedis.hsetnx(name + ":topics", topic, Integer.toString(partitions));
            return jedis.hget(name + ":topics", topic);
        });
        if (Integer.parseInt(there) != partitions) {
            throw new IllegalArgumentException("partitions is " + partitions + ", but there are " + there);
        }
    }

    @Override
    public Position produce(String topic, KeyedMessage message) {
        int partitions = partitionsOf(topic);
        String key = message.key();
        int partition = key == null
                ? Integer.remainderUnsigned(keyless.getAndIncrement(), partitions)
                : KeyHash.partition(key, partitions);
        StreamEntryID unused = withServer(
                jedis -> jedis.xadd(stream(topic, partition), XAddParams.xAddParams(), NaiveRecord.fields(message)));
        return new Position(partition, Position.UNKNOWN_OFFSET);
    }

    @Override
    public CompletableFuture<Position> produceAsync(String topic, KeyedMessage message) {
        return CompletableFuture.completedFuture(produce(topic, message));
    }

    @Override
    public List<Position> produceBatch(String topic, List<KeyedMessage> messages) {
        return messages.stream().map(it -> produce(topic, it)).toList();
    }

    @Override
    public GroupMember subscribe(String topic, String group, RecordHandler handler) {
        return subscribe(topic, group, handler, StartFrom.LATEST);
    }

    @Override
    public GroupMember subscribe(String topic, String group, RecordHandler handler, StartFrom startFrom) {
        int partitions = partitionsOf(topic);
        for (int partition = 0; partition < partitions; partition++) {
            makeGroup(stream(topic, partition), group);
        }
        NaiveRedisMember member = new NaiveRedisMember(this, topic, group, handler);
        members.add(member);
        member.start(partitions);
        return member;
    }

    private void makeGroup(String stream, String group) {
        try {
            // From the end, as it must be without replay.
            String unused =
                    withServer(jedis -> jedis.xgroupCreate(stream, group, StreamEntryID.XGROUP_LAST_ENTRY, true));
        } catch (JedisDataException alreadyThere) {
            // Made by an earlier member.
        }
    }

    @Override
    public Map<Integer, Long> committed(String topic, String group) {
        throw new UnsupportedOperationException("No offsets here");
    }

    @Override
    public List<PartitionRecord> read(String topic, int partition, long from, int limit) {
        throw new UnsupportedOperationException("No replay here");
    }

    @Override
    public RecordDeadLetters deadLetters(String topic) {
        int unused = partitionsOf(topic);
        return new RecordDeadLetters() {
            @Override
            public List<DeadRecord> list(int limit) {
                return dead.stream()
                        .filter(it -> it.record().topic().equals(topic))
                        .limit(limit)
                        .toList();
            }

            @Override
            public int purge() {
                throw new UnsupportedOperationException("Nothing is purged in these rules");
            }
        };
    }

    @Override
    public PartitionedMetrics metrics() {
        return new PartitionedMetrics(0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 1, 0, Map.of());
    }

    @Override
    public ShutdownReport shutdown(Duration deadline) {
        closed = true;
        members.forEach(NaiveRedisMember::close);
        disconnect();
        return ShutdownReport.CLEAN;
    }

    @Override
    public void close() {
        ShutdownReport unused = shutdown(config.drainTimeout());
    }

    boolean has(RedisLogHabit habit) {
        return habits.contains(habit);
    }

    PartitionedConfig config() {
        return config;
    }

    /** @throws JedisException when the server cannot be reached */
    Jedis connect() {
        return new Jedis(uri, TIMEOUT_MILLIS);
    }

    String stream(String topic, int partition) {
        return name + ":" + topic + ":" + partition;
    }

    void keepDead(DeadRecord record) {
        dead.add(record);
    }

    private int partitionsOf(String topic) {
        String there = withServer(jedis -> jedis.hget(name + ":topics", topic));
        if (there == null) {
            throw new UnknownTopicException("There is no topic " + topic);
        }
        return Integer.parseInt(there);
    }

    private synchronized <T> T withServer(Function<Jedis, T> call) {
        if (closed) {
            throw new ClosedException("Log " + name + " is closed");
        }
        try {
            if (shared.isBroken()) {
                shared = connect();
            }
            return call.apply(shared);
        } catch (JedisDataException e) {
            throw e;
        } catch (JedisException e) {
            // Naive, but honest: whatever went wrong, the server may have done it.
            throw new OperationTimeoutException("Nobody knows what the server of log " + name + " did", e);
        }
    }

    private synchronized void disconnect() {
        shared.disconnect();
    }
}
