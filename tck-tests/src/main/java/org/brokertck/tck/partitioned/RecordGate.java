package org.brokertck.tck.partitioned;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.RecordHandler;

/** A handler that holds every record until it is opened; for at most the given time, so that it never outlives its test by long. */
final class RecordGate implements RecordHandler {
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final Map<Integer, Boolean> partitions = new ConcurrentHashMap<>();
    private final Duration limit;

    RecordGate(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void handle(PartitionRecord record) throws InterruptedException {
        partitions.put(record.partition(), true);
        inside.incrementAndGet();
        try {
            if (!opened.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("held for longer than " + limit);
            }
        } finally {
            inside.decrementAndGet();
        }
    }

    /** Holds the record through every interrupt, as a handler does that does not listen. */
    void handleStubbornly(PartitionRecord record) {
        boolean interrupted = false;
        long end = System.nanoTime() + limit.toNanos();
        partitions.put(record.partition(), true);
        inside.incrementAndGet();
        try {
            while (opened.getCount() > 0 && System.nanoTime() < end) {
                try {
                    if (opened.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        break;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            inside.decrementAndGet();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How many handlers are held now. */
    int inside() {
        return inside.get();
    }

    /** How many partitions had a record here. */
    int partitions() {
        return partitions.size();
    }

    /** Lets all through, now and from now on. */
    void open() {
        opened.countDown();
    }
}
