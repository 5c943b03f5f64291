package org.brokertck.performance.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the number of records under way bounded where a candidate itself would pile up or drop what its consumers have not taken.
 * Producers draw permits by the batch, and look at the sink's count when they need more.
 */
public final class Window {
    private static final int BATCHES = 64;
    private static final long WAIT_NANOS = 20_000;

    private final int capacity;
    private final int batch;
    private final Sink sink;
    private final AtomicLong drawn = new AtomicLong();

    /** @param capacity how many records may be under way; 1 or more */
    public Window(int capacity, Sink sink) {
        this.capacity = capacity;
        this.batch = Math.max(1, capacity / BATCHES);
        this.sink = sink;
    }

    /** One producer's permits. */
    public Permits permits() {
        return new Permits();
    }

    /** The permits of one producer, used by its thread alone. */
    public final class Permits {
        private int left;

        private Permits() {}

        /** Takes one; waits while the window is full. */
        public void take() throws InterruptedException {
            if (left == 0) {
                draw();
            }
            left--;
        }

        /** Gives back what was not used. */
        public void giveBack() {
            drawn.addAndGet(-left);
            left = 0;
        }

        private void draw() throws InterruptedException {
            long last = drawn.addAndGet(batch);
            while (last - sink.received() > capacity) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while the window of " + capacity + " records was full");
                }
                LockSupport.parkNanos(WAIT_NANOS);
            }
            left = batch;
        }
    }
}
