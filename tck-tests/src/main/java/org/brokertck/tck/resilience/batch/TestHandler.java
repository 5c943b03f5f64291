package org.brokertck.tck.resilience.batch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.brokertck.api.resilience.BatchHandler;
import org.brokertck.tck.check.resilience.Flush;
import org.jspecify.annotations.Nullable;

/** Takes the batches of a processor under test, in the way that the test wants, and notes what it was given. */
final class TestHandler implements BatchHandler<String> {
    private final List<Flush> flushes = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> findings = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean failsAlways;
    private volatile @Nullable CountDownLatch gate;
    private volatile Consumer<List<String>> meddling = batch -> {};

    /** The next flushes fail with these. */
    void failNext(Throwable... next) {
        failures.addAll(List.of(next));
    }

    /** From now on every flush fails. */
    void failAlways() {
        failsAlways = true;
    }

    /** From now on flushes wait until the latch is counted down. */
    void holdBehind(CountDownLatch latch) {
        gate = latch;
    }

    /** What is done to each batch, after it was noted. */
    void meddle(Consumer<List<String>> with) {
        meddling = with;
    }

    /** How many flushes run now. */
    int inside() {
        return inside.get();
    }

    @Override
    public void flush(List<String> batch) throws Exception {
        if (inside.incrementAndGet() > 1) {
            findings.add("two flushes ran at once, one of them of " + batch);
        }
        List<String> items = List.copyOf(batch);
        boolean succeeded = false;
        try {
            CountDownLatch held = gate;
            if (held != null && !held.await(Duration.ofMinutes(1).toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("the test forgot its gate");
            }
            meddling.accept(batch);
            failIfWanted();
            succeeded = true;
        } finally {
            note(new Flush(items, succeeded));
            inside.decrementAndGet();
        }
    }

    private void failIfWanted() throws Exception {
        Throwable failure = failsAlways ? new IOException("always") : failures.poll();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
    }

    private synchronized void note(Flush flush) {
        flushes.add(flush);
    }

    /** All flushes that have ended, in order. */
    synchronized List<Flush> flushes() {
        return List.copyOf(flushes);
    }

    /** What must not have happened. */
    List<String> findings() {
        return List.copyOf(findings);
    }
}
