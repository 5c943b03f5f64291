package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.check.AttemptLimit;
import org.brokertck.tck.check.DeadLettersTell;
import org.brokertck.tck.check.RetriesCounted;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.QueueWorkload;
import org.brokertck.tck.workload.Workloads;
import org.junit.jupiter.api.Test;

/** A failed message is tried again, as often as it permits, counted, and in nobody's way. */
public interface RetryRules extends QueueRules {
    @Test
    @Verifies("Q-8")
    default void aMessageIsRetriedUntilItSucceeds() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-8")) {
            queue.consume(message -> {
                if (message.retries() < 3) {
                    throw new IllegalStateException("succeeds at the fourth attempt");
                }
            });
            queue.produce(Messages.message("persistent", 5));
            queue.awaitSettled();
            queue.require(
                    queue.recorded().attempts() == 4,
                    "a message that succeeds at its fourth attempt was attempted %d times"
                            .formatted(queue.recorded().attempts()));
            queue.judgeSettled(new AttemptLimit());
        }
    }

    @Test
    @Verifies("Q-8")
    default void aMessageIsGivenUpAfterItsLastRetry() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-8")) {
            queue.consume(message -> {
                throw new IllegalStateException("always fails");
            });
            queue.produceAll(IntStream.range(0, 5)
                    .mapToObj(i -> Messages.message("retries-" + i, i))
                    .toList());
            queue.awaitAttempts(1 + 2 + 3 + 4 + 5);
            queue.stays(() -> queue.recorded().attempts() == 15);
            queue.judgeSettled(new AttemptLimit());
        }
    }

    /** Retries that fall due at the very same time must not replace each other. */
    @Test
    @Verifies("Q-8")
    @Needs(clock = true)
    default void messagesThatFailAtOneInstantAreAllRetried() {
        VirtualTime time = target().virtualTime().orElseThrow();
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, time.target(), "Q-8", Names.fresh("Q-8"), config().build())) {
            queue.consume(message -> {
                if (message.retries() < message.maxRetries()) {
                    throw new IllegalStateException("fails until its last retry");
                }
            });
            queue.produceAll(IntStream.range(0, 10)
                    .mapToObj(i -> Messages.message("m-" + i, 2))
                    .toList());
            for (int retry = 1; retry <= 2; retry++) {
                int failed = 10 * retry;
                queue.awaitMetrics(failed + " attempts failed", it -> it.failed() == failed && it.inFlight() == 0);
                time.clock().advance(config().build().backoff().maxDelay());
            }
            queue.require(
                    queue.awaitAttempts(30),
                    "10 messages failed twice at the same times, 30 attempts were due and %d came"
                            .formatted(queue.recorded().attempts()));
            queue.judgeSettled(new AttemptLimit());
        }
    }

    @Property
    @Verifies("Q-8")
    default void attemptsEndWithSuccessOrTheLastRetry(
            @ForAll(supplier = Workloads.Failing.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "Q-8", workload, new AttemptLimit());
    }

    @Test
    @Verifies("Q-9")
    default void attemptsCarryTheNumberOfFailedOnesBefore() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-9")) {
            queue.consume(message -> {
                throw new IllegalStateException("always fails");
            });
            queue.produce(Messages.message("counted", 4));
            queue.produce(Messages.message("counted-too", 2).withRetries(2));
            queue.judgeSettled(new RetriesCounted());
        }
    }

    /** Whatever a message says of its retries counts for nothing, also where it says more than it permits. */
    @Test
    @Verifies("Q-9")
    default void aProducedMessageStartsAtZeroThoughItSaysMoreThanItPermits() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-9")) {
            queue.produce(Messages.message("permits-none", 0).withRetries(5));
            queue.produce(Messages.message("permits-two", 2).withRetries(3));
            queue.consume(message -> {});
            queue.judgeSettled(new RetriesCounted());
        }
    }

    @Property
    @Verifies("Q-9")
    default void retriesAreCounted(@ForAll(supplier = Workloads.ComingAndGoing.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "Q-9", workload, new RetriesCounted());
    }

    @Test
    @Verifies("Q-13")
    default void aMessageThatWaitsForItsRetryHoldsUpNoOther() {
        waiting(1, 10);
    }

    @Property
    @Verifies("Q-13")
    default void messagesThatWaitForTheirRetriesHoldUpNoOther(
            @ForAll @IntRange(min = 1, max = 4) int waiting, @ForAll @IntRange(min = 1, max = 10) int others) {
        waiting(waiting, others);
    }

    /** The waiting ones would be back only after the test's patience is over. */
    private void waiting(int waiting, int others) {
        Backoff backoff = Backoff.fixed(timeouts().await().multipliedBy(6));
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "Q-13", config().backoff(backoff).build())) {
            queue.consume(message -> {
                if (message.maxRetries() > 0) {
                    throw new IllegalStateException("so that it waits for its retry");
                }
            });
            queue.produceAll(IntStream.range(0, waiting)
                    .mapToObj(i -> Messages.message("waiting-" + i, 1))
                    .toList());
            queue.produceAll(Messages.numbered(others));
            queue.require(
                    queue.awaitAttempts(waiting + others),
                    "%d messages wait %s for their retries, and of %d others only %d were attempted"
                            .formatted(
                                    waiting,
                                    backoff.initialDelay(),
                                    others,
                                    queue.recorded().attempts() - waiting));
        }
    }

    /** A long delay that began earlier must not hold up a shorter one that began later, as messages queued by expiry would. */
    @Test
    @Verifies("Q-13")
    default void aLongDelayHoldsUpNoShorterOne() {
        Duration unit = timeouts().quiet();
        Duration longDelay = timeouts().await().multipliedBy(3);
        Backoff backoff = new Backoff(unit, longDelay.toMillis() / (double) unit.toMillis(), longDelay, 0);
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "Q-13", config().backoff(backoff).build())) {
            queue.consume(message -> {
                throw new IllegalStateException("always fails");
            });
            queue.produce(Messages.message("long", 2));
            queue.require(queue.awaitAttempts(2), "the first retry of a message did not come");
            queue.produce(Messages.message("short", 1));
            queue.require(
                    queue.awaitAttempts(4),
                    "a message with a delay of %s did not come back while another waited %s"
                            .formatted(unit, longDelay));
        }
    }

    @Test
    @Verifies("Q-15")
    default void aMessageWithoutRetriesIsDeadAtItsFirstFailure() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-15")) {
            queue.consume(message -> {
                throw new IllegalStateException("always fails");
            });
            queue.produceAll(Messages.numbered(3));
            queue.awaitSettled();
            queue.stays(() -> queue.recorded().attempts() == 3);
            queue.require(
                    queue.recorded().attempts() == 3,
                    "3 messages with maxRetries=0 were attempted %d times"
                            .formatted(queue.recorded().attempts()));
            queue.require(
                    queue.deadLetters().size() == 3,
                    "3 messages with maxRetries=0 failed, and %d are among the dead letters"
                            .formatted(queue.deadLetters().size()));
            queue.judgeSettled(new AttemptLimit().and(new DeadLettersTell()));
        }
    }

    @Property
    @Verifies("Q-15")
    default void theFirstFailureIsTheLast(@ForAll List<Boolean> fails) {
        List<String> dead = IntStream.range(0, fails.size())
                .filter(fails::get)
                .mapToObj(i -> "m-" + i)
                .toList();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-15")) {
            queue.consume(message -> {
                if (dead.contains(message.id())) {
                    throw new IllegalStateException("fails by plan");
                }
            });
            queue.produceAll(Messages.numbered(fails.size()));
            queue.awaitSettled();
            List<String> parked =
                    queue.deadLetters().stream().map(it -> it.message().id()).toList();
            queue.require(
                    parked.equals(dead),
                    "of messages with maxRetries=0 these failed: %s; these are dead letters: %s"
                            .formatted(dead, parked));
            queue.judgeSettled(new AttemptLimit());
        }
    }

    /** One more than the largest number is the smallest: nobody may add before comparing. */
    @Test
    @Verifies("Q-8")
    default void theLargestNumberOfRetriesPermitsThem() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-8")) {
            queue.consume(message -> {
                if (message.retries() < 3) {
                    throw new IllegalStateException("succeeds at the fourth attempt");
                }
            });
            queue.produce(Messages.message("patient", Integer.MAX_VALUE));
            queue.awaitSettled();
            queue.require(
                    queue.recorded().attempts() == 4,
                    "a message with maxRetries=%d that succeeds at its fourth attempt was attempted %d times"
                            .formatted(Integer.MAX_VALUE, queue.recorded().attempts()));
            queue.judgeSettled(new AttemptLimit());
        }
    }

    /** More retries than a byte counts. */
    @Test
    @Verifies("Q-8")
    default void manyRetriesAreAllMade() {
        QueueConfig config = config().backoff(Backoff.fixed(Duration.ZERO)).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-8", config)) {
            queue.consume(message -> {
                throw new IllegalStateException("always fails");
            });
            queue.produce(Messages.message("stubborn", 299));
            queue.judgeSettled(new AttemptLimit());
        }
    }
}
