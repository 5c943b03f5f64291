package org.brokertck.tck.scenario;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Reads something again and again, for figures that nobody announces. */
public final class Polling {
    private static final Duration INTERVAL = Duration.ofMillis(1);
    private static final long AT_ONCE_NANOS = 300_000;

    private Polling() {}

    /** The first reading that is as wanted, or the last one when none was in time. */
    public static <T> T until(Duration limit, Supplier<T> reading, Predicate<T> wanted) {
        T first = readAtOnce(reading, wanted);
        if (wanted.test(first)) {
            return first;
        }
        AtomicReference<T> last = new AtomicReference<>(first);
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(INTERVAL)
                    .atMost(limit.plus(INTERVAL))
                    .until(() -> {
                        T now = reading.get();
                        last.set(now);
                        return wanted.test(now);
                    });
        } catch (ConditionTimeoutException e) {
            // The caller judges the last reading.
        }
        return Objects.requireNonNull(last.get());
    }

    /** What is about to come is not worth a sleep. */
    private static <T> T readAtOnce(Supplier<T> reading, Predicate<T> wanted) {
        long end = System.nanoTime() + AT_ONCE_NANOS;
        T last = reading.get();
        while (!wanted.test(last) && System.nanoTime() < end) {
            Thread.onSpinWait();
            last = reading.get();
        }
        return last;
    }

    /** Stays on the processor for a time too short to be waited for, to vary how two calls meet. */
    public static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
