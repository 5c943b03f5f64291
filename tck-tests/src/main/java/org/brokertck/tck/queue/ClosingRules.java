package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.ClosedException;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.ClosedRefuses;
import org.brokertck.tck.check.GracefulClose;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.RecordedConsumer;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.scenario.ThreadCensus;
import org.brokertck.tck.scenario.Together;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.QueueWorkload;
import org.brokertck.tck.workload.Workloads;
import org.junit.jupiter.api.Test;

/** Closing is graceful, final, repeatable and leaves no thread behind. */
public interface ClosingRules extends QueueRules {
    /** The operations that a closed queue refuses. */
    enum Operation {
        /** {@link MessageQueue#produce}. */
        PRODUCE,
        /** {@link MessageQueue#consume}. */
        CONSUME,
        /** The list of dead letters. */
        LIST,
        /** The redrive of dead letters. */
        REDRIVE,
        /** The purge of dead letters. */
        PURGE;

        @SuppressWarnings("resource") // nothing is opened where all is refused
        private void make(MessageQueue queue) {
            switch (this) {
                case PRODUCE -> queue.produce(Messages.message("after-close"));
                case CONSUME -> queue.consume(message -> {});
                case LIST -> queue.deadLetters().list(1);
                case REDRIVE -> queue.deadLetters().redrive();
                case PURGE -> queue.deadLetters().purge();
            }
        }
    }

    @Test
    @Verifies("G-2")
    default void aClosedQueueRefusesEverythingButItsLastFigures() {
        afterClose(List.of(Operation.values()));
    }

    @Property
    @Verifies("G-2")
    default void aClosedQueueRefusesAnySequenceOfCalls(@ForAll @Size(min = 1, max = 10) List<Operation> operations) {
        afterClose(operations);
    }

    @Property
    @Verifies("G-2")
    default void whatIsProducedAfterCloseIsRefused(@ForAll(supplier = Workloads.Closing.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "G-2", workload, new ClosedRefuses());
    }

    private void afterClose(List<Operation> operations) {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-2")) {
            queue.produceAll(Messages.numbered(3));
            queue.consume(message -> {
                if (message.id().equals("m-1")) {
                    throw new IllegalStateException("so that there is a dead letter");
                }
            });
            queue.awaitSettled();
            QueueMetrics before = queue.metrics();
            queue.closeNow();
            for (Operation operation : operations) {
                queue.refused(
                        ClosedException.class, operation + " after close", () -> operation.make(queue.unrecorded()));
                QueueMetrics after = queue.metrics();
                queue.require(
                        after.equals(before),
                        "the metrics were %s before close and are %s after it and %s"
                                .formatted(before, after, operation));
            }
        }
    }

    @Test
    @Verifies("G-3")
    default void closeMayBeCalledAgainAndBySeveralAtOnce() {
        closeFrom(4, 0);
    }

    @Test
    @Verifies("G-3")
    default void closeMayBeCalledFromInsideAHandler() {
        closeFrom(0, 1);
    }

    @Property
    @Verifies("G-3")
    default void closeMayBeCalledFromAnywhere(
            @ForAll @IntRange(min = 0, max = 4) int outside, @ForAll @IntRange(min = 0, max = 3) int inside) {
        closeFrom(outside, inside);
    }

    private void closeFrom(int outside, int inside) {
        // Longer than the patience below, so that no drain timeout frees a close that waits for its own handler.
        QueueConfig config =
                config().drainTimeout(timeouts().await().multipliedBy(3)).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-3", config)) {
            AtomicInteger closings = new AtomicInteger();
            queue.produceAll(Messages.numbered(inside));
            for (int i = 0; i < inside; i++) {
                tryConsume(queue, message -> {
                    queue.unrecorded().close();
                    closings.incrementAndGet();
                });
            }
            List<Running<Boolean>> closers = new ArrayList<>();
            for (int i = 0; i < outside; i++) {
                closers.add(Bounded.startRun("close from outside", queue.unrecorded()::close));
            }
            for (Running<Boolean> closer : closers) {
                queue.call(
                        "close by one of " + outside + " threads",
                        patience(),
                        () -> closer.await(timeouts().await()));
            }
            // The first of several handlers to close may keep the others from starting, but none may hang in it.
            boolean fromInside =
                    inside == 0 || outside > 0 || queue.happensWithin(timeouts().await(), () -> closings.get() >= 1);
            queue.require(
                    fromInside,
                    "close from inside a handler did not return within "
                            + timeouts().await());
            queue.closeNow();
            queue.closeNow();
            queue.refused(
                    ClosedException.class, "produce after close", () -> Operation.PRODUCE.make(queue.unrecorded()));
        }
    }

    /** The first handler may have closed the queue before the later consumers come. */
    private static void tryConsume(QueueUnderTest queue, MessageHandler handler) {
        try {
            queue.unrecorded().consume(handler);
        } catch (ClosedException alreadyClosed) {
            // One consumer is enough to close from.
        }
    }

    /** Longer than the bound on the thread that makes the call, so that the thread's stack is told. */
    private Duration patience() {
        return timeouts().await().multipliedBy(2);
    }

    @Test
    @Verifies("G-10")
    default void closeLeavesNoThreadBehind() {
        ThreadCensus census = ThreadCensus.take();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-10")) {
            queue.produce(Messages.message("fails-on", 5));
            queue.produceAll(Messages.numbered(10));
            for (int i = 0; i < 3; i++) {
                queue.consume(message -> {
                    if (message.maxRetries() > 0) {
                        throw new IllegalStateException("so that a retry is waiting");
                    }
                });
            }
            queue.close(queue.consume(message -> {}));
            queue.awaitAttempts(8);
            queue.closeNow();
            requireNoThreadOf(queue, census);
        }
    }

    @Property
    @Verifies("G-10")
    default void closingUnderWayLeavesNoThreadBehind(
            @ForAll(supplier = Workloads.Closing.class) QueueWorkload workload) {
        ThreadCensus census = ThreadCensus.take();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-10")) {
            WorkloadDriver.runUntilClosed(this, queue, workload);
            requireNoThreadOf(queue, census);
        }
    }

    /** It is refused, or ends with its queue. */
    @Test
    @Verifies("G-10")
    default void aConsumeThatMeetsACloseLeavesNothingBehind() {
        int rounds = target().capabilities().contains(Capability.REMOTE) ? 5 : 40;
        for (int round = 0; round < rounds; round++) {
            ThreadCensus census = ThreadCensus.take();
            try (QueueUnderTest queue = QueueUnderTest.open(this, "G-10")) {
                queue.consume(message -> {});
                String what = "close, and a consume that met it";
                Together.closeAnd(
                                what,
                                round,
                                queue::closeNow,
                                () -> queue.unrecorded().consume(message -> {}))
                        .forEach(it -> queue.call(
                                what, patience(), () -> it.await(timeouts().await())));
                requireNoThreadOf(queue, census);
            }
        }
    }

    private void requireNoThreadOf(QueueUnderTest queue, ThreadCensus census) {
        List<Thread> left = Polling.until(timeouts().tolerance(), census::newcomers, List::isEmpty);
        queue.require(left.isEmpty(), "after close these threads are still alive: " + ThreadCensus.describe(left));
    }

    @Test
    @Verifies("Q-23")
    default void closeWaitsForTheRunningHandlerAndCountsIt() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-23")) {
            Gate gate = new Gate(timeouts().await());
            queue.consume(gate);
            queue.produceAll(Messages.numbered(5));
            queue.await("the start of a handler", () -> queue.recorded().attempts() >= 1);
            Running<Boolean> closer = Bounded.startRun("close", queue.recorded()::close);
            queue.require(
                    queue.stays(StillWaiting.in(closer)),
                    "close returned while a handler was running and time was left");
            gate.open();
            queue.closeNow();
            closer.await(timeouts().await());
            queue.require(
                    queue.history().attempts().stream().allMatch(Attempt::succeeded),
                    "a handler that was running when close was called was not left to finish",
                    queue.history().attempts().toArray(Moment[]::new));
            queue.metrics();
            queue.judge(new GracefulClose(timeouts().tolerance()));
            int handled = queue.recorded().attempts();
            queue.require(
                    queue.stays(() -> queue.recorded().attempts() == handled),
                    "a handler started after close had returned");
            queue.require(
                    queue.metrics().consumed() == handled,
                    "%d handlers succeeded while the queue was closing, but the metrics say %s"
                            .formatted(handled, queue.metrics()));
        }
    }

    @Test
    @Verifies("Q-23")
    default void closeWaitsNoLongerThanTheDrainTimeout() {
        closeAtItsDrainTimeout(timeouts().quiet());
    }

    @Test
    @Verifies("Q-23")
    default void aDrainTimeoutOfZeroDoesNotWait() {
        closeAtItsDrainTimeout(Duration.ZERO);
    }

    private void closeAtItsDrainTimeout(Duration drain) {
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "Q-23", config().drainTimeout(drain).build())) {
            Gate gate = new Gate(timeouts().await());
            queue.consume(gate);
            queue.produceAll(Messages.numbered(2));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            long start = System.nanoTime();
            queue.closeNow();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            queue.require(
                    took.compareTo(drain.plus(timeouts().tolerance())) <= 0,
                    "close took %s with a drain timeout of %s".formatted(took, drain));
            queue.require(
                    took.compareTo(drain.minusMillis(1)) >= 0,
                    "close returned after %s, while a handler was running and its drain timeout is %s"
                            .formatted(took, drain));
            queue.require(
                    queue.stays(() -> queue.recorded().attempts() == 1), "a handler started after close had returned");
        }
    }

    /** As the close of a queue does; what its handler ends with may count or not, but the message must not be lost. */
    @Test
    @Verifies("Q-26")
    default void theCloseOfAConsumerWaitsNoLongerThanTheDrainTimeout() {
        Duration drain = timeouts().quiet();
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "Q-26", config().drainTimeout(drain).build())) {
            Gate gate = new Gate(timeouts().await());
            RecordedConsumer consumer = queue.consume(gate);
            queue.produceAll(List.of(Messages.message("held", 3)));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            long start = System.nanoTime();
            queue.close(consumer);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            queue.require(
                    took.compareTo(drain.plus(timeouts().tolerance())) <= 0,
                    "close of a consumer took %s with a drain timeout of %s".formatted(took, drain));
            boolean interrupted = queue.happensWithin(timeouts().tolerance(), () -> gate.inside() == 0);
            gate.open();
            queue.require(interrupted, "a handler that outlived the drain timeout of its consumer was not interrupted");
            queue.consume(message -> {});
            queue.judgeSettled(new NoLoss());
        }
    }

    @Property
    @Verifies("Q-23")
    default void closingUnderWayIsGraceful(@ForAll(supplier = Workloads.Closing.class) QueueWorkload workload) {
        WorkloadDriver.judge(
                this, "Q-23", workload, new GracefulClose(timeouts().tolerance()));
    }
}
