package org.brokertck.redis.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where records wait to be sent: in a line for each partition, from which the sender takes a batch whenever it is free (rule L-14). A
 * line that the server has no room for waits for news of room, and holds up no other.
 */
final class Outbox {
    /** How many bytes of values may wait whose calls have returned. */
    private static final long MOST_BYTES = 32L << 20;

    private static final int MOST_RECORDS_SENT = 1000;

    private final int batchSize;
    private final long lingerNanos;
    private final ReentrantLock lock = new ReentrantLock();

    /** There is something to send, or to look at. */
    private final Condition work = lock.newCondition();

    /** Some of what waited was sent or given up. */
    private final Condition progress = lock.newCondition();

    private final Lines lines = new Lines();
    private final Map<Long, Pending> unsettled = new ConcurrentHashMap<>();
    private int acceptedRecords;
    private long acceptedBytes;
    private boolean flushing;
    private boolean stopped;

    Outbox(int batchSize, Duration linger) {
        this.batchSize = Math.min(batchSize, MOST_RECORDS_SENT);
        this.lingerNanos = linger.toNanos();
    }

    /** What makes a record for its line. */
    interface Maker {
        Pending make(Line line, boolean accepted);
    }

    /** Puts a record into its line, for one who waits for it to be sent. */
    Pending add(String topic, int partition, Maker maker) {
        lock.lock();
        try {
            return enqueue(maker.make(lines.line(topic, partition), false));
        } finally {
            lock.unlock();
        }
    }

    /** Puts several into their lines, one right after the other. */
    List<Pending> addAll(String topic, List<Integer> partitions, List<Maker> makers) {
        lock.lock();
        try {
            List<Pending> all = new ArrayList<>();
            for (int i = 0; i < makers.size(); i++) {
                all.add(enqueue(makers.get(i).make(lines.line(topic, partitions.get(i)), false)));
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts a record when there surely is room for it, on the server and here; otherwise null. */
    @Nullable
    Pending accept(String topic, int partition, int bytes, Maker maker) {
        lock.lock();
        try {
            Line line = lines.line(topic, partition);
            if (line.room <= 0 || line.full || (acceptedRecords > 0 && acceptedBytes + bytes > MOST_BYTES)) {
                return null;
            }
            Pending pending = maker.make(line, true);
            acceptedRecords++;
            acceptedBytes += bytes;
            return enqueue(pending);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the server has told how much room there is, without which nothing can be accepted. */
    boolean isRoomKnown(String topic, int partition) {
        lock.lock();
        try {
            return lines.line(topic, partition).roomKnown;
        } finally {
            lock.unlock();
        }
    }

    /** The server told how much room there is, before anything was sent. */
    void learnRoom(String topic, int partition, long room) {
        lock.lock();
        try {
            Line line = lines.line(topic, partition);
            if (!line.roomKnown) {
                line.setRoom(room);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes a record back. @return false when it may have been sent */
    boolean withdraw(Pending pending) {
        lock.lock();
        try {
            Batch batch = pending.batch;
            if (batch != null && batch.isSent()) {
                return false;
            }
            if (batch != null) {
                batch.remove(pending);
            } else {
                lines.remove(pending);
            }
            forget(pending);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A handler's side of this instance read a record: who produced it, if it was this instance and has not heard yet. */
    @Nullable
    Pending unsettled(long number) {
        return unsettled.get(number);
    }

    /** There may be room in a partition. */
    void roomIn(String topic, int partition) {
        lock.lock();
        try {
            lines.roomIn(topic, partition);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** News may have been missed: everything is tried again. */
    void roomAnywhere() {
        lock.lock();
        try {
            lines.roomAnywhere();
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next batch, as soon as there is one; meanwhile gives up those that waited for room too long.
     *
     * @param givenUp takes them; under no lock
     * @return null at the end
     */
    @Nullable
    Batch next(long number, Consumer<Pending> givenUp) throws InterruptedException {
        while (true) {
            List<Pending> tooLate = new ArrayList<>();
            Batch batch = null;
            boolean end;
            lock.lock();
            try {
                long wait = waitNow(tooLate);
                while (wait > 0 && tooLate.isEmpty() && !stopped) {
                    long unused = work.awaitNanos(wait);
                    wait = waitNow(tooLate);
                }
                end = stopped;
                if (wait <= 0 && !end) {
                    batch = new Batch(number);
                    lines.fill(batch, batchSize);
                }
            } finally {
                lock.unlock();
            }
            tooLate.forEach(givenUp);
            if (end || batch != null) {
                return batch;
            }
        }
    }

    /** Marks a batch as sent. @return false when nothing is left in it */
    boolean send(Batch batch) {
        lock.lock();
        try {
            boolean some = !batch.records().isEmpty();
            if (some) {
                batch.send();
            }
            return some;
        } finally {
            lock.unlock();
        }
    }

    /** A batch certainly did not leave. */
    void unsend(Batch batch) {
        lock.lock();
        try {
            batch.unsend();
        } finally {
            lock.unlock();
        }
    }

    /** Takes back in what found no room, in its order, and notes how much room there is. @return what has no time to wait for it */
    List<Pending> settle(Batch batch, BatchAnswer answer) {
        long now = System.nanoTime();
        List<Pending> tooLate = new ArrayList<>();
        lock.lock();
        try {
            for (int i = 0; i < answer.room().size(); i++) {
                batch.lines().get(i).setRoom(answer.room().get(i));
            }
            for (int i = batch.records().size() - 1; i >= 0; i--) {
                Pending pending = batch.records().get(i);
                pending.batch = null;
                boolean full = answer.offsets().get(i) == BatchAnswer.FULL;
                if (full && !isTooLate(pending, now)) {
                    lines.putBack(pending, batch.missedNewsOf(pending.line));
                    continue;
                }
                forget(pending);
                if (full) {
                    tooLate.add(pending);
                }
            }
            progress.signalAll();
        } finally {
            lock.unlock();
        }
        return tooLate;
    }

    /** A batch came to nothing. */
    void drop(Batch batch) {
        lock.lock();
        try {
            batch.records().forEach(pending -> {
                pending.batch = null;
                forget(pending);
            });
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes out what waits for the server no longer: from the lines, and from the batch when it was not sent. */
    List<Pending> overdue(Batch batch) {
        long now = System.nanoTime();
        lock.lock();
        try {
            List<Pending> overdue = lines.find(it -> !it.waitsForServer(now));
            if (!batch.isSent()) {
                batch.records().stream().filter(it -> !it.waitsForServer(now)).forEach(overdue::add);
            }
            overdue.forEach(this::withdraw);
            return overdue;
        } finally {
            lock.unlock();
        }
    }

    /** The end is near: nobody lingers, and who still waits for room with a call does so no more. */
    void flush() {
        lock.lock();
        try {
            flushing = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is left. @return false when the time is over */
    boolean awaitEmpty(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!unsettled.isEmpty() && left > 0) {
                left = progress.awaitNanos(left);
            }
            return unsettled.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The end: nothing is sent any more. @return what was not */
    List<Pending> stop() {
        lock.lock();
        try {
            stopped = true;
            work.signalAll();
            List<Pending> left = new ArrayList<>(unsettled.values());
            left.sort((a, b) -> Long.compare(a.number, b.number));
            return left;
        } finally {
            lock.unlock();
        }
    }

    private Pending enqueue(Pending pending) {
        unsettled.put(pending.number, pending);
        lines.add(pending);
        // Also when it waits for room: so that the sender minds its time.
        work.signal();
        return pending;
    }

    /** How long to wait before a batch is due; 0 for now. Collects those whose time for room is over. */
    private long waitNow(List<Pending> tooLate) {
        long now = System.nanoTime();
        for (Pending pending : lines.removeFromBlocked(it -> isTooLate(it, now))) {
            forget(pending);
            tooLate.add(pending);
        }
        long wait = lines.retryBlocked(now);
        if (lines.readyRecords() > 0) {
            // Nobody is kept waiting for others to be sent with: who wants that produces without waiting.
            boolean atOnce = flushing || lines.readyRecords() >= batchSize || lines.isUrgent();
            wait = Math.min(wait, atOnce ? 0 : Math.max(0, lines.oldestReady(now) + lingerNanos));
        }
        return wait;
    }

    /** Whether a record that finds no room is given up. */
    private boolean isTooLate(Pending pending, long now) {
        return !pending.waitsForRoom(now) || (flushing && !pending.accepted);
    }

    private void forget(Pending pending) {
        if (unsettled.remove(pending.number) != null && pending.accepted) {
            acceptedRecords--;
            acceptedBytes -= pending.valueSize;
        }
        progress.signalAll();
    }
}
