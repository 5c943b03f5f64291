package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Handlers that outlive the drain timeout of a close: they alone are interrupted, count as running while they run, and settle nothing twice. */
public interface GivenUpRules extends QueueRules {
    /** Its outcome may count or its message be attempted again; but one message is never settled twice. */
    @Test
    @Verifies("Q-19")
    default void aHandlerThatOutlivesItsConsumerSettlesItsMessageOnceAtMost() {
        QueueConfig config = config().drainTimeout(timeouts().quiet()).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-19", config)) {
            Gate gate = new Gate(timeouts().await());
            Consumer closing = queue.consume(gate::handleStubbornly);
            queue.produce(Messages.message("held"));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            queue.close(closing);
            queue.consume(message -> {});
            queue.stays(() -> queue.recorded().attempts() == 1);
            requireConserved(queue, "while a handler still ran that had outlived the close of its consumer");
            gate.open();
            queue.awaitMetrics(
                    "a handler outlived the close of its consumer and returned: its message is due to be settled",
                    it -> it.consumed() >= 1 && it.inFlight() <= 0);
            queue.stays(() -> true);
            requireConserved(queue, "after the return of a handler that had outlived the close of its consumer");
        }
    }

    private static void requireConserved(QueueUnderTest queue, String when) {
        QueueMetrics metrics = queue.metrics();
        queue.require(
                metrics.inFlight() >= 0 && metrics.consumed() + metrics.deadLetters() <= metrics.produced(),
                "one message was produced, and %s the metrics are %s".formatted(when, metrics));
    }

    /** All that still run are interrupted, not only one of them. */
    @Test
    @Verifies("Q-23")
    default void everyHandlerThatOutlivesTheDrainTimeoutIsInterrupted() {
        int handlers = 3;
        QueueConfig config = config().drainTimeout(timeouts().quiet()).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-23", config)) {
            Gate gate = new Gate(timeouts().await());
            IntStream.range(0, handlers).forEach(i -> queue.consume(gate));
            queue.produceAll(Messages.numbered(handlers));
            queue.await("the start of " + handlers + " handlers", () -> gate.inside() == handlers);
            queue.closeNow();
            boolean interrupted = queue.happensWithin(timeouts().tolerance(), () -> gate.inside() == 0);
            int left = gate.inside();
            gate.open();
            queue.require(
                    interrupted,
                    "%d handlers outlived the drain timeout, and %d of them were not interrupted"
                            .formatted(handlers, left));
        }
    }

    /** The drain timeout binds whether or not somebody waits for it, and for the handler that closed as for all others. */
    @Test
    @Verifies("Q-23")
    default void handlersThatOutliveACloseFromInsideAreInterrupted() {
        QueueConfig config = config().drainTimeout(timeouts().quiet()).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-23", config)) {
            Gate others = new Gate(timeouts().await());
            Gate own = new Gate(timeouts().await());
            AtomicBoolean returned = new AtomicBoolean();
            AtomicBoolean ended = new AtomicBoolean();
            queue.consume(others);
            queue.produce(Messages.message("held"));
            queue.await("the start of a handler", () -> others.inside() == 1);
            queue.consume(message -> {
                queue.unrecorded().close();
                returned.set(true);
                try {
                    own.handle(message);
                } finally {
                    ended.set(true);
                }
            });
            queue.produce(Messages.message("closes"));
            queue.await("the return of a close from inside a handler", returned::get);
            Duration longest = config.drainTimeout().plus(timeouts().tolerance());
            boolean interrupted = queue.happensWithin(longest, () -> others.inside() == 0 && ended.get());
            String left = others.inside() == 1 ? "another one" : "it";
            others.open();
            own.open();
            queue.require(
                    interrupted,
                    "a handler closed its queue, and %s was not interrupted when the drain timeout of %s had run out"
                            .formatted(left, config.drainTimeout()));
            queue.closeNow();
        }
    }

    /** Who has no time at all to wait has to tell the handlers as well. */
    @Test
    @Verifies("Q-23")
    default void aDrainTimeoutOfZeroInterruptsAtOnce() {
        try (QueueUnderTest queue = withoutDrain("Q-23")) {
            Gate gate = new Gate(timeouts().await());
            queue.consume(gate);
            requireInterruptedAtOnce(queue, gate, "close", queue::closeNow);
        }
    }

    /** Of a consumer as of a queue. */
    @Test
    @Verifies("Q-26")
    default void theCloseOfAConsumerInterruptsAtOnceWithADrainTimeoutOfZero() {
        try (QueueUnderTest queue = withoutDrain("Q-26")) {
            Gate gate = new Gate(timeouts().await());
            Consumer consumer = queue.consume(gate);
            requireInterruptedAtOnce(queue, gate, "close of a consumer", () -> queue.close(consumer));
        }
    }

    private QueueUnderTest withoutDrain(String rule) {
        return QueueUnderTest.open(
                this, rule, config().drainTimeout(Duration.ZERO).build());
    }

    private void requireInterruptedAtOnce(QueueUnderTest queue, Gate gate, String what, Runnable close) {
        queue.produce(Messages.message("held"));
        queue.await("the start of a handler", () -> gate.inside() == 1);
        close.run();
        boolean interrupted = queue.happensWithin(timeouts().tolerance(), () -> gate.inside() == 0);
        gate.open();
        queue.require(
                interrupted, "%s with a drain timeout of 0 did not interrupt the handler that ran".formatted(what));
    }

    /** The others have all the time that they need. */
    @Test
    @Verifies("Q-26")
    default void theCloseOfAConsumerInterruptsItsOwnHandlerAlone() {
        QueueConfig config = config().drainTimeout(timeouts().quiet()).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-26", config)) {
            Gate own = new Gate(timeouts().await());
            Gate others = new Gate(timeouts().await());
            Consumer closed = queue.consume(own);
            queue.produce(Messages.message("own"));
            queue.await("the start of a handler", () -> own.inside() == 1);
            queue.consume(others);
            queue.produce(Messages.message("others"));
            queue.await("the start of a second handler", () -> others.inside() == 1);
            queue.close(closed);
            boolean interrupted = queue.happensWithin(timeouts().tolerance(), () -> own.inside() == 0);
            own.open();
            queue.require(interrupted, "a handler that outlived the drain timeout of its consumer was not interrupted");
            queue.require(
                    queue.stays(() -> others.inside() == 1),
                    "a consumer was closed whose handler outlived the drain timeout, and the handler of another one was interrupted");
            others.open();
        }
    }

    /** Waited for or given up, it runs. */
    @Test
    @Verifies("Q-20")
    default void handlersThatAreWaitedForOrGivenUpAreInFlight() {
        QueueConfig config =
                config().drainTimeout(timeouts().quiet().multipliedBy(3)).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-20", config)) {
            Gate givenUp = new Gate(timeouts().await());
            Gate drained = new Gate(timeouts().await());
            Consumer consumer = queue.consume(givenUp::handleStubbornly);
            queue.produce(Messages.message("given-up"));
            queue.await("the start of a handler", () -> givenUp.inside() == 1);
            queue.close(consumer);
            requireInFlight(queue, 1, "whose consumer was closed and did not wait for it any longer");
            givenUp.open();
            queue.awaitMetrics("a handler that outlived its consumer has ended", it -> it.inFlight() == 0);
            queue.consume(drained);
            queue.produce(Messages.message("drained"));
            queue.await("the start of a handler", () -> drained.inside() == 1);
            Running<Boolean> closer = Bounded.startRun("close", queue.unrecorded()::close);
            queue.require(
                    queue.stays(StillWaiting.in(closer)),
                    "close returned while a handler was running and time was left");
            requireInFlight(queue, 1, "which a close of the queue waits for");
            drained.open();
            queue.call(
                    "close",
                    timeouts().await().multipliedBy(2),
                    () -> closer.await(timeouts().await()));
        }
    }

    private static void requireInFlight(QueueUnderTest queue, int running, String which) {
        QueueMetrics metrics = queue.metrics();
        queue.require(
                metrics.inFlight() == running, "a handler runs %s, and the metrics are %s".formatted(which, metrics));
    }

    /** Its message is left to whoever opens the queue next, and so is what becomes of it. */
    @Test
    @Verifies("G-2")
    default void whatAHandlerEndsWithThatCloseGaveUpCountsNoMore() {
        QueueConfig config = config().drainTimeout(timeouts().quiet()).build();
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-2", config)) {
            Gate gate = new Gate(timeouts().await());
            IntStream.range(0, 2)
                    .forEach(i -> queue.consume(message -> {
                        gate.handleStubbornly(message);
                        if (message.id().equals("fails")) {
                            throw new IllegalStateException("fails after close has returned");
                        }
                    }));
            queue.produceAll(List.of(Messages.message("fails"), Messages.message("succeeds")));
            queue.await("the start of 2 handlers", () -> gate.inside() == 2);
            queue.closeNow();
            QueueMetrics before = queue.metrics();
            gate.open();
            queue.await("the end of 2 handlers that close gave up", () -> gate.inside() == 0);
            queue.stays(() -> true);
            QueueMetrics after = queue.metrics();
            queue.require(
                    running(after, before.inFlight()).equals(before),
                    "the metrics were %s when close returned, and are %s after the end of 2 handlers that it gave up"
                            .formatted(before, after));
        }
    }

    private static QueueMetrics running(QueueMetrics metrics, long inFlight) {
        return new QueueMetrics(
                metrics.produced(), metrics.consumed(), metrics.failed(), inFlight, metrics.deadLetters());
    }
}
