package org.brokertck.performance.load;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** How many bytes all threads together allocate from a moment on. Threads that end meanwhile are missed: keep them alive. */
final class AllocationMeter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Map<Long, Long> before = allocated();

    /** Starts to measure. */
    static AllocationMeter start() {
        return new AllocationMeter();
    }

    /** The bytes allocated since the start, by threads that live now. */
    long bytes() {
        return allocated().entrySet().stream()
                .mapToLong(it -> it.getValue() - before.getOrDefault(it.getKey(), 0L))
                .sum();
    }

    private static Map<Long, Long> allocated() {
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Long> allocated = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            // -1 for a thread that has just ended.
            allocated.put(ids[i], Math.max(0, bytes[i]));
        }
        return allocated;
    }
}
