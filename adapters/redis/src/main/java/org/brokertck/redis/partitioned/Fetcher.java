package org.brokertck.redis.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.Wire;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that fetches records for all partitions that members of this instance own, several partitions with one command. */
final class Fetcher {
    private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

    /** News may get lost with a connection: there is a look after this anyway. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final int MOST_BYTES = 4 << 20;

    private final LogParts parts;
    private final Consumer<RecordCodec.Origin> seen;
    private final Set<OwnedPartition> owned = ConcurrentHashMap.newKeySet();
    private final Loop loop;
    private volatile long lookedAt = System.nanoTime();

    /** @param seen hears who produced what is read */
    Fetcher(LogParts parts, Consumer<RecordCodec.Origin> seen) {
        this.parts = parts;
        this.seen = seen;
        this.loop = new Loop(parts.threadName("fetcher"), INTERVAL, this::fetchAll);
    }

    Loop loop() {
        return loop;
    }

    void add(OwnedPartition partition) {
        owned.add(partition);
        loop.ask();
    }

    void remove(OwnedPartition partition) {
        owned.remove(partition);
    }

    /** Somebody has taken what was fetched. */
    void ask() {
        loop.ask();
    }

    /** There are new records in a partition. */
    void news(String topic, int partition) {
        boolean any = false;
        for (OwnedPartition each : owned) {
            if (each.partition() == partition && each.group().topic().equals(topic)) {
                each.news();
                any = true;
            }
        }
        if (any) {
            loop.ask();
        }
    }

    /** News may have been missed. */
    void lookEverywhere() {
        owned.forEach(OwnedPartition::news);
        loop.ask();
    }

    private void fetchAll() throws InterruptedException {
        if (System.nanoTime() - lookedAt > INTERVAL.toNanos()) {
            lookedAt = System.nanoTime();
            owned.forEach(OwnedPartition::news);
        }
        while (fetchOnce()) {
            // As long as there is something and somebody wants it.
        }
    }

    private boolean fetchOnce() throws InterruptedException {
        List<OwnedPartition> hungry = new ArrayList<>();
        List<Wanted> wanted = new ArrayList<>();
        List<OwnedPartition> shuffled = new ArrayList<>(owned);
        // What one command brings is bounded, and those that come first get more of it.
        Collections.shuffle(shuffled);
        for (OwnedPartition each : shuffled) {
            Wanted one = each.wanted();
            if (one != null) {
                hungry.add(each);
                wanted.add(one);
            }
        }
        if (hungry.isEmpty()) {
            return false;
        }
        List<@Nullable List<?>> fetched;
        try {
            Wire wire = parts.wires().connected(Wires.Use.FETCH, Deadline.in(LogParts.TIMEOUT));
            fetched = parts.server().fetch(wire, LogParts.TIMEOUT, MOST_BYTES, wanted);
        } catch (RedisFailure e) {
            hungry.forEach(OwnedPartition::news);
            throw e;
        }
        boolean any = false;
        for (int i = 0; i < hungry.size(); i++) {
            List<?> entries = fetched.get(i);
            if (entries == null) {
                hungry.get(i).news();
            } else if (!entries.isEmpty()) {
                any = true;
                hand(hungry.get(i), wanted.get(i), entries);
            }
        }
        return any;
    }

    private void hand(OwnedPartition partition, Wanted wanted, List<?> entries) {
        List<PartitionRecord> records = new ArrayList<>();
        long next = wanted.from();
        for (Object entry : entries) {
            next = offsetOf(entry) + 1;
            try {
                RecordCodec.Decoded decoded = decoded(wanted.topic(), wanted.partition(), entry);
                seen.accept(decoded.origin());
                records.add(decoded.record());
            } catch (IllegalArgumentException e) {
                LOG.warn("Entry {} of topic {} is none of ours ({})", next, wanted.topic(), e.getMessage());
            }
        }
        partition.fetched(wanted, records, next);
    }

    /** The offset of an entry as the server gave it. */
    static long offsetOf(Object entry) {
        String id = Bytes.text(((List<?>) entry).get(0));
        return Long.parseLong(id.substring(id.indexOf('-') + 1)) - 1;
    }

    /** @throws IllegalArgumentException when the entry is none of ours */
    static RecordCodec.Decoded decoded(String topic, int partition, Object entry) {
        List<?> fields = (List<?>) ((List<?>) entry).get(1);
        long time = 0;
        byte[] bytes = {};
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            String name = Bytes.text(fields.get(i));
            if (name.equals("t")) {
                time = Long.parseLong(Bytes.text(fields.get(i + 1)));
            } else if (name.equals("r")) {
                bytes = (byte[]) fields.get(i + 1);
            }
        }
        return RecordCodec.decode(topic, partition, offsetOf(entry), time, bytes);
    }
}
