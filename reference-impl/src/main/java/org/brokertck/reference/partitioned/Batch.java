package org.brokertck.reference.partitioned;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.partitioned.Position;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The records of one partition that linger, to be sent together: when there are enough, when no more would fit, or when the linger
 * has passed since the first of them (rule L-14). Used under the lock of the partition.
 */
final class Batch {
    private final int partition;
    private final ReentrantLock lock;
    private final Surroundings around;
    private final PartitionLog log;
    private List<Entry> gathered = new ArrayList<>();
    private TimeSource.@Nullable Alarm alarm;
    private long sent;

    Batch(int partition, ReentrantLock lock, Surroundings around, PartitionLog log) {
        this.partition = partition;
        this.lock = lock;
        this.around = around;
        this.log = log;
    }

    /** Takes a record in, if there is room for it. */
    boolean gather(Entry entry) {
        if (!hasRoom()) {
            return false;
        }
        entry.gathered();
        gathered.add(entry);
        if (gathered.size() >= around.config().batchSize() || !hasRoom()) {
            send();
        } else if (gathered.size() == 1) {
            List<Entry> due = gathered;
            alarm = around.time().schedule(around.config().linger(), () -> sendIfStill(due));
        }
        return true;
    }

    /** Takes a record out again. */
    void remove(Entry entry) {
        gathered.remove(entry);
        if (gathered.isEmpty()) {
            gathered = new ArrayList<>();
            callOff();
        }
    }

    /** Sends what there is. */
    void send() {
        if (gathered.isEmpty()) {
            return;
        }
        List<Entry> batch = gathered;
        gathered = new ArrayList<>();
        callOff();
        long millis = around.time().millis();
        for (Entry entry : batch) {
            // There is room: it was found when the entry was taken in, and nobody else appends where records linger.
            long offset = log.tryAppendBelow(log.end() + 1, entry.key, entry.value, entry.headers, millis);
            entry.sent(offset);
            if (entry.future != null) {
                around.completions().complete(entry.future, new Position(partition, offset));
            }
        }
        sent++;
    }

    /** How many were sent so far. */
    long sent() {
        return sent;
    }

    private boolean hasRoom() {
        return log.end() + gathered.size() < log.newBound();
    }

    private void sendIfStill(List<Entry> due) {
        lock.lock();
        try {
            if (gathered == due) {
                send();
            }
        } finally {
            lock.unlock();
        }
    }

    private void callOff() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }
}
