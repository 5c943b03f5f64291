package org.brokertck.tck.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.brokertck.tck.check.Fifo.Put;
import org.brokertck.tck.check.Fifo.Take;

/**
 * Small random histories of a FIFO queue: of 2 to 4 values, 8 operations at most, at so few different times that overlaps, ties
 * and touching ends abound. Half of them are executions of a queue, some of which are then spoilt; the others are free.
 */
final class RandomFifoHistories {
    private static final int TIMES = 10;
    private static final int MOST_OPERATIONS = 8;
    private static final List<String> VALUES = List.of("a", "b", "c", "d");

    private final Random random;

    RandomFifoHistories(Random random) {
        this.random = random;
    }

    FifoHistory next() {
        if (random.nextBoolean()) {
            return free();
        }
        FifoHistory execution = execution();
        return random.nextInt(3) > 0 ? spoilt(execution) : execution;
    }

    private FifoHistory free() {
        int values = 2 + random.nextInt(3);
        List<Put> puts = new ArrayList<>();
        for (String value : VALUES.subList(0, values)) {
            long from = time();
            puts.add(new Put(value, from, random.nextInt(5) == 0 ? Fifo.NEVER : from + length()));
        }
        List<Take> takes = new ArrayList<>();
        int room = MOST_OPERATIONS - values;
        for (String value : VALUES.subList(0, values)) {
            if (random.nextInt(4) > 0 && takes.size() < room) {
                takes.add(take(value));
            }
        }
        if (takes.size() < room && random.nextInt(20) == 0) {
            takes.add(take(VALUES.get(random.nextInt(VALUES.size()))));
        }
        return new FifoHistory(puts, takes, pending(room - takes.size()));
    }

    private Take take(String value) {
        long from = time();
        return new Take(value, from, from + length());
    }

    private List<Long> pending(int room) {
        List<Long> pending = new ArrayList<>();
        while (pending.size() < room && random.nextInt(3) == 0) {
            pending.add(time());
        }
        return pending;
    }

    /** Operations take effect on a queue one after the other; each begins at or before its effect and ends at or after it. */
    private FifoHistory execution() {
        Deque<String> queue = new ArrayDeque<>();
        List<Put> puts = new ArrayList<>();
        List<Take> takes = new ArrayList<>();
        List<Long> pending = new ArrayList<>();
        int values = 2 + random.nextInt(3);
        int operations = values + random.nextInt(MOST_OPERATIONS - values + 1);
        long now = 0;
        for (int i = 0; i < operations; i++) {
            now += random.nextInt(3);
            boolean put = puts.size() < values && (queue.isEmpty() || random.nextBoolean());
            if (put) {
                String value = VALUES.get(puts.size());
                boolean happens = random.nextInt(8) > 0;
                boolean certain = happens && random.nextInt(6) > 0;
                puts.add(new Put(value, before(now), certain ? after(now) : Fifo.NEVER));
                if (happens) {
                    queue.add(value);
                }
            } else if (random.nextInt(6) == 0) {
                pending.add(before(now));
                if (random.nextBoolean()) {
                    queue.poll();
                }
            } else if (!queue.isEmpty()) {
                takes.add(new Take(queue.remove(), before(now), after(now)));
            }
        }
        return new FifoHistory(puts, takes, pending);
    }

    private FifoHistory spoilt(FifoHistory history) {
        List<Put> puts = new ArrayList<>(history.puts());
        List<Take> takes = new ArrayList<>(history.takes());
        List<Long> pending = new ArrayList<>(history.pendingTakes());
        switch (random.nextInt(6)) {
            case 0 -> swapValues(takes);
            case 1 -> {
                if (!takes.isEmpty()) {
                    takes.remove(random.nextInt(takes.size()));
                }
            }
            case 2 -> {
                if (!takes.isEmpty()) {
                    int i = random.nextInt(takes.size());
                    Take it = takes.get(i);
                    int shift = random.nextInt(5) - 2;
                    takes.set(i, new Take(it.value(), it.from() + shift, it.to() + shift));
                }
            }
            case 3 -> {
                if (!puts.isEmpty()) {
                    int i = random.nextInt(puts.size());
                    Put it = puts.get(i);
                    puts.set(i, new Put(it.value(), it.from(), random.nextBoolean() ? Fifo.NEVER : it.from()));
                }
            }
            case 4 -> pending.clear();
            default -> {
                if (!puts.isEmpty()) {
                    int i = random.nextInt(puts.size());
                    Put it = puts.get(i);
                    int shift = random.nextInt(5) - 2;
                    puts.set(i, new Put(it.value(), it.from() + shift, it.certain() ? it.to() + shift : Fifo.NEVER));
                }
            }
        }
        return new FifoHistory(puts, takes, pending);
    }

    private void swapValues(List<Take> takes) {
        if (takes.size() < 2) {
            return;
        }
        int i = random.nextInt(takes.size() - 1);
        Take first = takes.get(i);
        Take second = takes.get(i + 1);
        takes.set(i, new Take(second.value(), first.from(), first.to()));
        takes.set(i + 1, new Take(first.value(), second.from(), second.to()));
    }

    private long time() {
        return random.nextInt(TIMES);
    }

    private long length() {
        return random.nextInt(4);
    }

    private long before(long now) {
        return now - random.nextInt(3);
    }

    private long after(long now) {
        return now + random.nextInt(3);
    }
}
