package org.brokertck.redis.partitioned;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.brokertck.redis.connection.Bytes;

/** Records that are sent together. Guarded by the outbox, until it is sent: from then on it stays as it is. */
final class Batch {
    private final long number;
    private final List<Pending> records = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final IdentityHashMap<Line, Integer> places = new IdentityHashMap<>();
    private final IdentityHashMap<Line, Long> roomNews = new IdentityHashMap<>();

    /** Whether it may have left. */
    private boolean sent;

    /** @param number higher than that of any batch before */
    Batch(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    List<Pending> records() {
        return records;
    }

    /** The partitions concerned. */
    List<Line> lines() {
        return lines;
    }

    void add(Pending pending) {
        pending.batch = this;
        records.add(pending);
    }

    void remove(Pending pending) {
        pending.batch = null;
        records.remove(pending);
    }

    boolean isSent() {
        return sent;
    }

    /** It is about to leave: nothing is taken out any more. */
    void send() {
        if (!sent) {
            sent = true;
            for (Pending pending : records) {
                places.computeIfAbsent(pending.line, line -> {
                    lines.add(line);
                    roomNews.put(line, line.roomNews);
                    return lines.size();
                });
            }
        }
    }

    /** It certainly did not leave after all. */
    void unsend() {
        sent = false;
        lines.clear();
        places.clear();
        roomNews.clear();
    }

    /** Whether there were news of room in that partition since the batch left. */
    boolean missedNewsOf(Line line) {
        return !Long.valueOf(line.roomNews).equals(roomNews.get(line));
    }

    /** The arguments for the script. */
    void addTo(List<byte[]> arguments) {
        for (Line line : lines) {
            arguments.add(Bytes.of(line.topic));
            arguments.add(Bytes.of(line.partition));
        }
        for (Pending pending : records) {
            arguments.add(Bytes.of(places.getOrDefault(pending.line, 0)));
            arguments.add(pending.bytes);
        }
    }
}
