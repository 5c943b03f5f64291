package org.brokertck.tck.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.brokertck.tck.scenario.Polling;

/**
 * What a faulty implementation leaves behind may wait for ever, but must not run: a single thread that spins takes a core from all
 * tests that follow, and their waits run out.
 */
final class IdleThreads {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A thread that spins has at least so much of a processor, be there others that want it too. */
    private static final int SHARE = 8;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private IdleThreads() {}

    /** Fails when some other thread is on a processor for a good part of the time, look after look. */
    static void require() {
        List<String> busy = Polling.until(PATIENCE, IdleThreads::busy, List::isEmpty);

        assertThat(busy).as("Threads that spin").isEmpty();
    }

    private static List<String> busy() {
        Map<Long, Long> before = times();
        Polling.until(LOOK, () -> false, it -> it);
        return times().entrySet().stream()
                .filter(it -> it.getKey() != Thread.currentThread().getId())
                .filter(it -> it.getValue() - before.getOrDefault(it.getKey(), it.getValue()) > LOOK.toNanos() / SHARE)
                .map(it -> describe(it.getKey()))
                .toList();
    }

    private static Map<Long, Long> times() {
        return Arrays.stream(THREADS.getAllThreadIds())
                .boxed()
                .collect(Collectors.toMap(it -> it, THREADS::getThreadCpuTime));
    }

    private static String describe(long id) {
        ThreadInfo info = THREADS.getThreadInfo(id, 8);
        return info == null
                ? "one that has ended"
                : info.getThreadName() + " at " + Arrays.asList(info.getStackTrace());
    }
}
