package org.brokertck.tck.check;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a history of puts and takes is linearizable to a FIFO queue, in O(n log n), by its bad patterns: a value taken that
 * was never put; taken twice; taken before it was put; overtaken by a value that was put entirely later. For queues without
 * observed emptiness these patterns are complete (Henzinger, Sezgin and Vafeiadis, "Aspect-oriented linearizability proofs",
 * CONCUR 2013); here extended by operations of unknown outcome: an uncertain put need not have happened, and a take that has
 * not ended may hold any one value.
 */
public final class Fifo {
    /** No end: the operation has not ended, or its outcome is unknown. */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * A put of a value, each value once.
     *
     * @param value the value
     * @param from when it began
     * @param to when it was certainly in the queue; {@link #NEVER} when its outcome is unknown
     */
    public record Put(String value, long from, long to) {
        boolean certain() {
            return to != NEVER;
        }
    }

    /**
     * A take that ended with a value.
     *
     * @param value what it took
     * @param from when it began
     * @param to when it had ended
     */
    public record Take(String value, long from, long to) {}

    /**
     * A bad pattern.
     *
     * @param finding what is wrong, in words
     * @param values the one or two values that show it
     */
    public record BadPattern(String finding, List<String> values) {}

    private final List<Put> puts;
    private final Map<String, Take> takes = new HashMap<>();
    private final long[] pendingTakes;

    private Fifo(List<Put> puts, List<Long> pendingTakes) {
        this.puts = puts.stream().sorted(Comparator.comparingLong(Put::from)).toList();
        this.pendingTakes = pendingTakes.stream().mapToLong(it -> it).sorted().toArray();
    }

    /**
     * Finds a bad pattern.
     *
     * @param puts at most one for each value
     * @param takes those that ended
     * @param pendingTakes the beginnings of those that have not ended, each of which may hold one value
     * @return empty exactly when the history is linearizable
     */
    public static Optional<BadPattern> badPattern(List<Put> puts, List<Take> takes, List<Long> pendingTakes) {
        Fifo fifo = new Fifo(puts, pendingTakes);
        return fifo.impossibleTake(takes).or(fifo::overtaken);
    }

    private Optional<BadPattern> impossibleTake(List<Take> all) {
        Map<String, Put> byValue = new HashMap<>();
        puts.forEach(it -> byValue.put(it.value(), it));
        for (Take take : all) {
            String value = take.value();
            Put put = byValue.get(value);
            if (put == null) {
                return bad(value + " was taken and never put", value);
            }
            if (take.to() < put.from()) {
                return bad(value + " was taken before it was put", value);
            }
            if (takes.put(value, take) != null) {
                return bad(value + " was taken twice", value);
            }
        }
        return Optional.empty();
    }

    private Optional<BadPattern> overtaken() {
        int[] earliest = earliestTakeFrom();
        long[] deadlines = new long[puts.size()];
        Put[] missing = new Put[puts.size()];
        int count = 0;
        for (Put put : puts) {
            if (!put.certain()) {
                continue;
            }
            int overtaker = earliest[firstAfter(put.to())];
            Take take = takes.get(put.value());
            long deadline = overtaker < 0 ? NEVER : takeOf(overtaker).to();
            if (take != null && deadline < take.from()) {
                return overtakenBy(put, overtaker);
            }
            if (take == null && overtaker >= 0) {
                deadlines[count] = deadline;
                missing[count++] = put;
            }
        }
        return unexplained(Arrays.copyOf(missing, count), Arrays.copyOf(deadlines, count), earliest);
    }

    /** A missing value is explained by a pending take that began in time; each explains one: earliest deadline first. */
    private Optional<BadPattern> unexplained(Put[] missing, long[] deadlines, int[] earliest) {
        Integer[] order = new Integer[missing.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingLong(i -> deadlines[i]));
        for (int i = 0; i < order.length; i++) {
            if (i >= pendingTakes.length || pendingTakes[i] > deadlines[order[i]]) {
                Put put = missing[order[i]];
                return overtakenBy(put, earliest[firstAfter(put.to())]);
            }
        }
        return Optional.empty();
    }

    /** For each position: which put from there on was taken earliest; -1 where none was. */
    private int[] earliestTakeFrom() {
        int[] earliest = new int[puts.size() + 1];
        earliest[puts.size()] = -1;
        for (int i = puts.size() - 1; i >= 0; i--) {
            int later = earliest[i + 1];
            boolean taken = takes.containsKey(puts.get(i).value());
            earliest[i] = taken && (later < 0 || takeOf(i).to() <= takeOf(later).to()) ? i : later;
        }
        return earliest;
    }

    private Take takeOf(int put) {
        return java.util.Objects.requireNonNull(takes.get(puts.get(put).value()));
    }

    /** The first position whose put began after this time. */
    private int firstAfter(long time) {
        int low = 0;
        int high = puts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (puts.get(middle).from() > time) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private Optional<BadPattern> overtakenBy(Put put, int overtaker) {
        String later = puts.get(overtaker).value();
        String fate = takes.containsKey(put.value()) ? "was taken after" : "was not taken, unlike";
        return bad("%s %s %s, which was put entirely later".formatted(put.value(), fate, later), put.value(), later);
    }

    private static Optional<BadPattern> bad(String finding, String... values) {
        return Optional.of(new BadPattern(finding, List.of(values)));
    }
}
