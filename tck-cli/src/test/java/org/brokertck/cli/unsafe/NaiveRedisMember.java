package org.brokertck.cli.unsafe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.message.Failure;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.RecordHandler;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * A thread for each partition, of which only the one that holds the partition's lock reads: first what an earlier owner left pending,
 * then what is new; each entry is acknowledged when it was handled.
 */
final class NaiveRedisMember implements GroupMember {
    private static final int BLOCK_MILLIS = 20;
    private static final Duration BREATH = Duration.ofMillis(20);
    private static final Duration LOCK = Duration.ofMinutes(10);
    private static final String CONSUMER = "owner";

    private final NaiveRedisLog log;
    private final String topic;
    private final String group;
    private final RecordHandler handler;
    private final String id = UUID.randomUUID().toString();
    private final Set<Integer> owned = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean leaving;
    private volatile boolean abandoned;

    NaiveRedisMember(NaiveRedisLog log, String topic, String group, RecordHandler handler) {
        this.log = log;
        this.topic = topic;
        this.group = group;
        this.handler = handler;
    }

    void start(int partitions) {
        for (int i = 0; i < partitions; i++) {
            int partition = i;
            Thread thread = new Thread(() -> run(partition), "naive-redis-member");
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    @Override
    public Set<Integer> partitions() {
        return leaving ? Set.of() : Set.copyOf(owned);
    }

    @Override
    public void close() {
        leaving = true;
        if (threads.contains(Thread.currentThread())) {
            return;
        }
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, log.config().drainTimeout().toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (threads.stream().anyMatch(Thread::isAlive)) {
            abandon();
        }
    }

    @Override
    public void abandon() {
        abandoned = true;
        leaving = true;
        threads.forEach(Thread::interrupt);
    }

    private void run(int partition) {
        String stream = log.stream(topic, partition);
        String lock = stream + ":lock:" + group;
        boolean left = false;
        while (!left) {
            try (Jedis jedis = log.connect()) {
                while (!leaving) {
                    if (mayRead(jedis, lock)) {
                        owned.add(partition);
                        read(jedis, stream).forEach(it -> handle(jedis, stream, partition, it));
                    } else {
                        LockSupport.parkNanos(BREATH.toNanos());
                    }
                }
                if (id.equals(jedis.get(lock))) {
                    jedis.del(lock);
                }
                left = true;
            } catch (JedisException e) {
                left = leaving;
                LockSupport.parkNanos(BREATH.toNanos());
            }
        }
    }

    private boolean mayRead(Jedis jedis, String lock) {
        return log.has(RedisLogHabit.NO_OWNER)
                || jedis.set(lock, id, SetParams.setParams().nx().px(LOCK.toMillis())) != null
                || id.equals(jedis.get(lock));
    }

    private List<StreamEntry> read(Jedis jedis, String stream) {
        if (log.has(RedisLogHabit.READ_FROM_NOW)) {
            XReadParams params = XReadParams.xReadParams().count(1).block(BLOCK_MILLIS);
            return entries(jedis.xread(params, Map.of(stream, StreamEntryID.XREAD_NEW_ENTRY)));
        }
        List<StreamEntry> pending = entries(jedis.xreadGroup(
                group, CONSUMER, new XReadGroupParams().count(1), Map.of(stream, new StreamEntryID(0, 0))));
        return pending.isEmpty()
                ? entries(jedis.xreadGroup(
                        group,
                        CONSUMER,
                        new XReadGroupParams().count(1).block(BLOCK_MILLIS),
                        Map.of(stream, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY)))
                : pending;
    }

    private static List<StreamEntry> entries(@Nullable List<Map.Entry<String, List<StreamEntry>>> streams) {
        return streams == null || streams.isEmpty() ? List.of() : streams.get(0).getValue();
    }

    /** In place: the next record waits until this one was handled or set aside. */
    private void handle(Jedis jedis, String stream, int partition, StreamEntry entry) {
        if (log.has(RedisLogHabit.ACK_FIRST)) {
            jedis.xack(stream, group, entry.getID());
        }
        PartitionRecord record = NaiveRecord.of(topic, partition, entry);
        int attempts = 0;
        Throwable failure = attempt(record);
        while (failure != null && !leaving && ++attempts < log.config().deliveryLimit()) {
            LockSupport.parkNanos(
                    log.config().backoff().delayAfter(attempts - 1).toNanos());
            failure = attempt(record);
        }
        if (abandoned || (failure != null && leaving)) {
            return;
        }
        if (failure != null) {
            log.keepDead(new DeadRecord(record, group, attempts, Failure.of(failure)));
        }
        jedis.xack(stream, group, entry.getID());
    }

    private @Nullable Throwable attempt(PartitionRecord record) {
        try {
            handler.handle(record);
            return null;
        } catch (Throwable e) {
            return e;
        } finally {
            boolean unused = Thread.interrupted();
        }
    }
}
