package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.target.ManualClock;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.check.Delays;
import org.brokertck.tck.run.Inconclusive;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.time.TckTimeouts;

/**
 * Watches the retries of one message in virtual time. Sentinels, handled by the same single consumer, tell when a failure has
 * been dealt with and that nothing came before them; no wall clock decides. An attempt that starts while the clock moves fails
 * only when the clock stands again, so that its time of failure is known.
 */
final class VirtualRetries {
    /** What a clock that counts milliseconds may cut off or add. */
    private static final long GRANULARITY = Duration.ofMillis(1).toNanos();

    /** Which bound a rule sets. */
    enum Bound {
        /** No sooner. */
        LOWER,
        /** No later. */
        UPPER,
        /** Neither. */
        BOTH
    }

    private static final String SUBJECT = "subject";

    private final QueueUnderTest queue;
    private final ManualClock clock;
    private final Backoff backoff;
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger sentinels = new AtomicInteger();
    /** Written by the clock's movement, read by failing handlers. */
    private final ReadWriteLock movement = new ReentrantReadWriteLock();

    private VirtualRetries(QueueUnderTest queue, ManualClock clock, Backoff backoff) {
        this.queue = queue;
        this.clock = clock;
        this.backoff = backoff;
    }

    /** Fails the test when one of so many retries comes outside the bound. */
    static void judge(QueueRules tests, String ruleId, Backoff backoff, int retries, Bound bound) {
        VirtualTime time = tests.target().virtualTime().orElseThrow();
        try (QueueUnderTest queue = open(tests, time, ruleId, backoff)) {
            VirtualRetries watched = new VirtualRetries(queue, time.clock(), backoff);
            watched.begin(retries);
            watched.follow(ruleId, retries, bound);
        }
    }

    /** Likewise, of a message that is redriven when all its retries have failed: its delays begin anew. */
    static void judgeRedriven(QueueRules tests, String ruleId, Backoff backoff, int retries, Bound bound) {
        VirtualTime time = tests.target().virtualTime().orElseThrow();
        try (QueueUnderTest queue = open(tests, time, ruleId, backoff)) {
            VirtualRetries watched = new VirtualRetries(queue, time.clock(), backoff);
            watched.begin(retries);
            watched.follow(ruleId, retries, Bound.BOTH);
            watched.redrive();
            watched.follow(ruleId, retries, bound);
        }
    }

    private static QueueUnderTest open(QueueRules tests, VirtualTime time, String ruleId, Backoff backoff) {
        return QueueUnderTest.open(
                tests,
                time.target(),
                ruleId,
                Names.fresh(ruleId),
                tests.config().backoff(backoff).build());
    }

    private void redrive() {
        queue.awaitMetrics("a message whose retries have failed is a dead letter", it -> it.deadLetters() == 1);
        attempts.set(0);
        int moved = queue.call(
                "redrive",
                TckTimeouts.current().await(),
                () -> queue.unrecorded().deadLetters().redrive());
        queue.require(moved == 1, "redrive of a dead letter says that it moved " + moved);
    }

    private void begin(int retries) {
        queue.consume(message -> {
            if (message.id().equals(SUBJECT)) {
                attempts.incrementAndGet();
                movement.readLock().lock();
                try {
                    throw new IllegalStateException("always fails");
                } finally {
                    movement.readLock().unlock();
                }
            }
            sentinels.incrementAndGet();
        });
        queue.produce(Messages.message(SUBJECT, retries));
    }

    private void follow(String ruleId, int retries, Bound bound) {
        if (backoff.initialDelay().isZero()) {
            // Whatever it is multiplied by: all retries come at once, with no need for time to pass.
            queue.await("%d attempts without delay".formatted(retries + 1), () -> attempts.get() == retries + 1);
            return;
        }
        for (int k = 0; k < retries; k++) {
            passSentinel();
            int begun = attempts.get();
            if (begun > k + 1 && backoff.jitter() == 1) {
                // A jitter that may take off the whole delay permits the next attempt at once.
                continue;
            }
            queue.require(
                    bound == Bound.UPPER || begun <= k + 1,
                    "attempt %d started within PT0S after attempt %d failed: it is due no sooner than %s"
                            .formatted(k + 1, k, Duration.ofNanos(earliest(k))));
            if (begun != k + 1) {
                throw new Inconclusive(
                        SpecCatalogue.shipped().rule(ruleId),
                        "after retry %d was due, %d attempts had begun".formatted(k, begun));
            }
            retry(k, bound);
        }
    }

    private void retry(int k, Bound bound) {
        long latest = Delays.nominal(backoff, k);
        long earliest = earliest(k);
        long before = Math.max(0, earliest - GRANULARITY);
        if (before > 0) {
            advance(before);
            passSentinel();
            queue.require(
                    bound == Bound.UPPER || attempts.get() == k + 1,
                    "attempt %d started within %s after attempt %d failed: it is due no sooner than %s"
                            .formatted(k + 1, Duration.ofNanos(before), k, Duration.ofNanos(earliest)));
        }
        advance(latest - before + GRANULARITY);
        passSentinel();
        int begun = attempts.get();
        queue.require(
                bound == Bound.LOWER || begun <= k + 2 || backoff.jitter() == 1,
                "%s after attempt %d failed %d attempts had begun, where attempt %d alone was due: the delay before it, or before the next, was too short"
                        .formatted(Duration.ofNanos(latest + GRANULARITY), k, begun, k + 1));
        queue.require(
                bound == Bound.LOWER || begun >= k + 2,
                "attempt %d had not started %s after attempt %d failed: it is due no later than %s"
                        .formatted(k + 1, Duration.ofNanos(latest + GRANULARITY), k, Duration.ofNanos(latest)));
    }

    private long earliest(int k) {
        return (long) (Delays.nominal(backoff, k) * (1 - backoff.jitter()));
    }

    private void advance(long nanos) {
        movement.writeLock().lock();
        try {
            clock.advance(Duration.ofNanos(nanos));
        } finally {
            movement.writeLock().unlock();
        }
    }

    private void passSentinel() {
        int expected = sentinels.get() + 1;
        queue.produce(Messages.message("sentinel-" + expected));
        queue.await("the handling of a sentinel", () -> sentinels.get() >= expected);
    }
}
