package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.api.queue.Backoff;
import org.brokertck.tck.check.BackoffBounds;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.history.QueueHistory;
import org.brokertck.tck.history.RecordedConsumer;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.Backoffs;
import org.junit.jupiter.api.Test;

/**
 * When retries come: by the wall clock, with short delays and a tolerance; and where the target has a manual clock, exactly and
 * over any length of time.
 */
public interface BackoffRules extends QueueRules {
    @Test
    @Verifies("Q-10")
    default void aRetryStartsNoSoonerThanItsDelay() {
        wallClock("Q-10", growing(), 4, BackoffBounds.notTooSoon());
    }

    /** However long that took: an attempt is no part of the pause after it. */
    @Test
    @Verifies("Q-10")
    default void theDelayBeginsWhereTheAttemptHasFailed() {
        Duration slow = timeouts().quiet();
        Backoff backoff = Backoff.fixed(slow.multipliedBy(2));
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "Q-10", config().backoff(backoff).build())) {
            queue.consume(message -> {
                Polling.until(slow, () -> false, it -> it);
                throw new IllegalStateException("fails after a while");
            });
            queue.produce(Messages.message("slow", 2));
            queue.judgeSettled(BackoffBounds.notTooSoon());
        }
    }

    /** Its messages go to the others, but each in its time. */
    @Test
    @Verifies("Q-10")
    default void theCloseOfAConsumerHastensNoRetry() {
        Backoff backoff = Backoff.fixed(timeouts().quiet().multipliedBy(2));
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "Q-10", config().backoff(backoff).build())) {
            RecordedConsumer failing = queue.consume(message -> {
                throw new IllegalStateException("so that it waits for its retry");
            });
            queue.produceAll(IntStream.range(0, 2)
                    .mapToObj(i -> Messages.message("retried-" + i, 1))
                    .toList());
            queue.awaitMetrics("2 messages fail", it -> it.failed() == 2);
            queue.consume(message -> {});
            queue.close(failing);
            queue.judgeSettled(BackoffBounds.notTooSoon());
        }
    }

    @Property
    @Verifies("Q-10")
    default void retriesStartNoSoonerThanAnyDelay(@ForAll(supplier = Backoffs.Brief.class) Backoff backoff) {
        wallClock("Q-10", backoff, 3, BackoffBounds.notTooSoon());
    }

    @Property
    @Verifies("Q-10")
    @Needs(clock = true)
    default void retriesStartNoSoonerInVirtualTime(@ForAll(supplier = Backoffs.Any.class) Backoff backoff) {
        VirtualRetries.judge(this, "Q-10", backoff, 8, VirtualRetries.Bound.LOWER);
    }

    @Test
    @Verifies("Q-11")
    default void aRetryStartsNoLaterThanItsDelay() {
        wallClock("Q-11", growing(), 4, BackoffBounds.notTooLate(timeouts().tolerance()));
    }

    /** Its failures before the redrive are over and done with. */
    @Test
    @Verifies("Q-11")
    @Needs(clock = true)
    default void aRedrivenMessageBeginsWithTheInitialDelayAgain() {
        Backoff backoff = Backoff.exponential(Duration.ofSeconds(10), 3, Duration.ofHours(1));
        VirtualRetries.judgeRedriven(this, "Q-11", backoff, 3, VirtualRetries.Bound.UPPER);
    }

    /** The first retry waits the initial delay, not yet multiplied: a multiplier so large shows it whatever the tolerance. */
    @Test
    @Verifies("Q-11")
    default void theFirstDelayIsTheInitialOne() {
        Duration initial = timeouts().quiet().dividedBy(3);
        Duration tolerance = timeouts().tolerance();
        double multiplier = 2.0 * tolerance.plus(initial).toMillis() / initial.toMillis();
        Backoff backoff = Backoff.exponential(initial, multiplier, tolerance.multipliedBy(10));
        wallClock("Q-11", backoff, 1, BackoffBounds.notTooLate(tolerance));
    }

    @Property
    @Verifies("Q-11")
    default void retriesStartNoLaterThanAnyDelay(@ForAll(supplier = Backoffs.Brief.class) Backoff backoff) {
        wallClock("Q-11", backoff, 3, BackoffBounds.notTooLate(timeouts().tolerance()));
    }

    @Property
    @Verifies("Q-11")
    @Needs(clock = true)
    default void retriesStartNoLaterInVirtualTime(@ForAll(supplier = Backoffs.Any.class) Backoff backoff) {
        VirtualRetries.judge(this, "Q-11", backoff, 8, VirtualRetries.Bound.UPPER);
    }

    /** So many that a jitter which is too large shows in one of them. */
    @Test
    @Verifies("Q-10")
    @Needs(clock = true)
    default void noJitterTakesOffMoreThanItsShare() {
        VirtualRetries.judge(this, "Q-10", jittered(), 24, VirtualRetries.Bound.LOWER);
    }

    @Test
    @Verifies("Q-11")
    @Needs(clock = true)
    default void noJitterIsAddedToTheDelay() {
        VirtualRetries.judge(this, "Q-11", jittered(), 24, VirtualRetries.Bound.UPPER);
    }

    private static Backoff jittered() {
        return new Backoff(Duration.ofMinutes(10), 1.5, Duration.ofDays(2), 0.2);
    }

    /** A small multiplier takes as many attempts to the cap as a counter of powers may be too small for. */
    @Test
    @Verifies("Q-10")
    @Needs(clock = true)
    default void aDelayThatGrowsSlowlyGrowsUntilItsCap() {
        Backoff slow = Backoff.exponential(Duration.ofSeconds(1), 1.1, Duration.ofHours(1));
        VirtualRetries.judge(this, "Q-10", slow, 90, VirtualRetries.Bound.LOWER);
    }

    /** Longer than any number of milliseconds, or of nanoseconds, that somebody may keep them in. */
    @Test
    @Verifies("Q-12")
    @Needs(clock = true)
    default void delaysOfMonthsAreKept() {
        Backoff months = Backoff.exponential(Duration.ofDays(1), 2, Backoff.LONGEST);
        VirtualRetries.judge(this, "Q-12", months, 10, VirtualRetries.Bound.BOTH);
    }

    @Test
    @Verifies("Q-12")
    default void theDelayIsCappedHoweverFastItGrows() {
        Backoff explosive = Backoff.exponential(Duration.ofMillis(1), 1e300, Duration.ofMillis(30));
        wallClock("Q-12", explosive, 5, withinCap());
    }

    /** As many attempts as would shift, multiply or raise any common number type over its edge. */
    @Test
    @Verifies("Q-12")
    default void theDelayIsCappedHoweverOftenItGrows() {
        Backoff doubling = Backoff.exponential(Duration.ofMillis(1), 2, Duration.ofMillis(8));
        wallClock("Q-12", doubling, 70, withinCap());
    }

    /** Nothing times infinity is not a number, and certainly not the cap. */
    @Test
    @Verifies("Q-12")
    default void noDelayStaysNoDelayWhateverItIsMultipliedBy() {
        Backoff none = Backoff.exponential(Duration.ZERO, 1e300, Duration.ofHours(1));
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "Q-12", config().backoff(none).build())) {
            queue.consume(message -> {
                throw new IllegalStateException("always fails");
            });
            queue.produce(Messages.message("retried", 4));
            queue.await("5 attempts without delay", () -> queue.recorded().attempts() == 5);
        }
    }

    @Property
    @Verifies("Q-12")
    @Needs(clock = true)
    default void noDelayOverflowsInVirtualTime(@ForAll(supplier = Backoffs.Explosive.class) Backoff backoff) {
        VirtualRetries.judge(this, "Q-12", backoff, 70, VirtualRetries.Bound.BOTH);
    }

    private Check<QueueHistory> withinCap() {
        return BackoffBounds.notTooSoon()
                .and(BackoffBounds.notTooLate(timeouts().tolerance()));
    }

    private static Backoff growing() {
        return Backoff.exponential(Duration.ofMillis(20), 2, Duration.ofMillis(100));
    }

    private void wallClock(String rule, Backoff backoff, int retries, Check<QueueHistory> check) {
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, rule, config().backoff(backoff).build())) {
            queue.consume(message -> {
                throw new IllegalStateException("always fails");
            });
            queue.produce(Messages.message("retried", retries));
            queue.judgeSettled(check);
        }
    }
}
