package org.brokertck.performance.load;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.brokertck.performance.load.Load.Feed;

/**
 * What an open instance costs while nothing flows: a few records wake everything up, and when all have settled the processor time of
 * all threads is taken over a while.
 *
 * @param settling how long after the last record the instance may still tidy up
 * @param duration how long the time is taken
 * @param patience how long the first records may take
 */
public record IdleRun(Duration settling, Duration duration, Duration patience) {
    private static final int FIRST_RECORDS = 1000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /**
     * Measures one fresh instance.
     *
     * @return the share of one core, in percent
     */
    public <T> double measure(Candidate<T> candidate, Load<T> load, Setup setup) throws Exception {
        Arrivals arrivals = new Arrivals();
        try (Lane<T> lane = candidate.open(setup.withProducers(1), arrivals)) {
            Sender<T> sender = lane.sender();
            Feed<T> feed = load.feeds().apply(0);
            for (int i = 0; i < FIRST_RECORDS; i++) {
                sender.send(feed.next(i));
            }
            sender.flush();
            arrivals.await(FIRST_RECORDS, patience);
            pass(settling);
            Map<Long, Long> before = cpuTimes();
            long begin = System.nanoTime();
            pass(duration);
            long used = cpuTimes().entrySet().stream()
                    .mapToLong(it -> it.getValue() - before.getOrDefault(it.getKey(), 0L))
                    .sum();
            return 100.0 * used / (System.nanoTime() - begin);
        }
    }

    /** By thread; but for this one, whose time goes into measuring. */
    private static Map<Long, Long> cpuTimes() {
        Map<Long, Long> times = new HashMap<>();
        for (long id : THREADS.getAllThreadIds()) {
            if (id != Thread.currentThread().getId()) {
                times.put(id, Math.max(0, THREADS.getThreadCpuTime(id)));
            }
        }
        return times;
    }

    /** Lets time pass: here that is what is measured. */
    private static void pass(Duration time) throws InterruptedException {
        boolean never = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        assert !never;
    }
}
