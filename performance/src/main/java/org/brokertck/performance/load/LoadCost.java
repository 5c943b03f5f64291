package org.brokertck.performance.load;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.brokertck.performance.load.Load.Feed;

/** What the load itself allocates, so that it need not be blamed on candidates. */
public final class LoadCost {
    private static final int RECORDS = 200_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private LoadCost() {}

    /** Bytes allocated for one record, as long as it lives longer than the call that makes it. */
    public static <T> double bytesPerRecord(Load<T> load) {
        Feed<T> feed = load.feeds().apply(0);
        Object[] keep = new Object[1 << 10];
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < RECORDS; i++) {
            T item = feed.next(i & (load.cycle() - 1));
            // Kept for a while, or the compiler would find that nobody needs it.
            keep[i & (keep.length - 1)] = item instanceof Keyed keyed ? keyed.payload() : item;
        }
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / RECORDS;
    }
}
