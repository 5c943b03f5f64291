package org.brokertck.redis.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lines of all partitions: which of them records may be taken from now, and which wait for news of room. Guarded by the outbox;
 * times are those of {@link System#nanoTime()}, and waits are in nanoseconds.
 */
final class Lines {
    private static final int MOST_BYTES_SENT = 4 << 20;

    /** News may get lost with a connection: a full line is tried again after this anyway. */
    private static final Duration TRY_AGAIN = Duration.ofMillis(500);

    private final Map<String, Line> lines = new HashMap<>();

    /** Those with records and no lack of room, in the order in which they have their turn. */
    private final Set<Line> ready = new LinkedHashSet<>();

    private final Set<Line> blocked = new LinkedHashSet<>();
    private int readyRecords;
    private long tryAgainAt;

    Line line(String topic, int partition) {
        return lines.computeIfAbsent(key(topic, partition), key -> new Line(topic, partition));
    }

    /** How many records may be sent now. */
    int readyRecords() {
        return readyRecords;
    }

    /** Puts a record at the end of its line. */
    void add(Pending pending) {
        Line line = pending.line;
        line.room--;
        line.urgent |= !pending.accepted;
        line.records.addLast(pending);
        if (!line.full) {
            ready.add(line);
            readyRecords++;
        }
    }

    /** Takes a record out of its line, if it is there. */
    void remove(Pending pending) {
        Line line = pending.line;
        if (line.records.remove(pending)) {
            readyRecords -= ready.contains(line) ? 1 : 0;
            forgetIfEmpty(line);
        }
    }

    /** All records that this holds for. */
    List<Pending> find(Predicate<Pending> which) {
        List<Pending> found = new ArrayList<>();
        lines.values().forEach(line -> line.records.stream().filter(which).forEach(found::add));
        return found;
    }

    /** Takes the records that this holds for out of the lines that wait for room. */
    List<Pending> removeFromBlocked(Predicate<Pending> which) {
        List<Pending> removed = new ArrayList<>();
        for (Line line : List.copyOf(blocked)) {
            for (Iterator<Pending> it = line.records.iterator(); it.hasNext(); ) {
                Pending pending = it.next();
                if (which.test(pending)) {
                    it.remove();
                    removed.add(pending);
                }
            }
            forgetIfEmpty(line);
        }
        return removed;
    }

    /**
     * Puts a record that found no room back to the front of its line, which from now on waits for news of room.
     *
     * @param missedNews whether there were such news since the record left: then the line is tried again at once
     */
    void putBack(Pending pending, boolean missedNews) {
        Line line = pending.line;
        if (ready.remove(line)) {
            readyRecords -= line.records.size();
        }
        line.room--;
        line.urgent |= !pending.accepted;
        line.records.addFirst(pending);
        line.full = true;
        blocked.add(line);
        tryAgainAt = System.nanoTime() + TRY_AGAIN.toNanos();
        if (missedNews) {
            unblock(line);
        }
    }

    /** There may be room in a partition. */
    void roomIn(String topic, int partition) {
        Line line = lines.get(key(topic, partition));
        if (line != null) {
            line.roomNews++;
            unblock(line);
        }
    }

    /** There may be room in any of them. */
    void roomAnywhere() {
        lines.values().forEach(line -> line.roomNews++);
        unblockAll();
    }

    /** Tries the lines again that have waited for news of room for long enough. @return the wait until there is more to do about them */
    long retryBlocked(long now) {
        if (blocked.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (tryAgainAt - now <= 0) {
            unblockAll();
            return Long.MAX_VALUE;
        }
        long wait = tryAgainAt - now;
        for (Line line : blocked) {
            // Those behind it came later, and are given as long.
            Pending first = firstWithLimit(line);
            wait = first == null ? wait : Math.min(wait, Math.max(1, first.roomUntil - now));
        }
        return wait;
    }

    /** Whether somebody waits for a record that may be sent now. */
    boolean isUrgent() {
        return ready.stream().anyMatch(line -> line.urgent);
    }

    /** When the oldest record that may be sent came in, from now: 0 or less. There must be one. */
    long oldestReady(long now) {
        long oldest = 0;
        for (Line line : ready) {
            Pending first = line.records.peekFirst();
            oldest = first == null ? oldest : Math.min(oldest, first.begun - now);
        }
        return oldest;
    }

    /** Moves records that may be sent into the batch, but no more than so many and not too large ones together. */
    void fill(Batch batch, int most) {
        long bytes = 0;
        int count = 0;
        for (Line line : List.copyOf(ready)) {
            Pending pending = line.records.peekFirst();
            while (pending != null && count < most && (count == 0 || bytes + pending.bytes.length <= MOST_BYTES_SENT)) {
                line.records.removeFirst();
                readyRecords--;
                batch.add(pending);
                bytes += pending.bytes.length;
                count++;
                pending = line.records.peekFirst();
            }
            // To the end of the row, so that every line has its turn.
            ready.remove(line);
            if (pending != null) {
                ready.add(line);
            }
            line.urgent = line.records.stream().anyMatch(it -> !it.accepted);
            if (count >= most || bytes >= MOST_BYTES_SENT) {
                break;
            }
        }
    }

    private void unblockAll() {
        List.copyOf(blocked).forEach(this::unblock);
    }

    private void unblock(Line line) {
        if (line.full) {
            line.full = false;
            blocked.remove(line);
            if (!line.records.isEmpty() && ready.add(line)) {
                readyRecords += line.records.size();
            }
        }
    }

    private void forgetIfEmpty(Line line) {
        if (line.records.isEmpty()) {
            ready.remove(line);
            blocked.remove(line);
            line.full = false;
            line.urgent = false;
        }
    }

    private static @Nullable Pending firstWithLimit(Line line) {
        return line.records.stream().filter(it -> !it.accepted).findFirst().orElse(null);
    }

    private static String key(String topic, int partition) {
        return topic + ":" + partition;
    }
}
