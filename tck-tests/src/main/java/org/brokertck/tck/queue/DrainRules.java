package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.check.RetriesCounted;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** A close that handlers still keep: who waits for it, for how long, and what they come to meanwhile. */
public interface DrainRules extends QueueRules {
    /** As {@link MessageQueue#close()} says: closing again does nothing but wait for the same end. */
    @Test
    @Verifies("G-3")
    default void everyCloseWaitsForTheSameEnd() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-3")) {
            Gate gate = new Gate(timeouts().await());
            queue.consume(gate);
            queue.produce(Messages.message("held"));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            List<Running<Boolean>> closers = Stream.generate(() -> Bounded.startRun("close", queue.unrecorded()::close))
                    .limit(3)
                    .toList();
            queue.require(
                    queue.stays(StillWaiting.in(closers)),
                    "three threads closed the queue, and one close returned while a handler was running and time was left");
            gate.open();
            closers.forEach(it -> queue.call(
                    "close",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
            queue.closeNow();
        }
    }

    /** As {@link Consumer#close()} says. */
    @Test
    @Verifies("G-3")
    default void everyCloseOfAConsumerWaitsForTheSameEnd() {
        Gate gate = new Gate(timeouts().recovery());
        try (QueueUnderTest queue = QueueUnderTest.open(
                this, "G-3", config().drainTimeout(timeouts().recovery()).build())) {
            Consumer consumer = queue.consume(gate);
            queue.produce(Messages.message("held"));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            List<Running<Boolean>> closers = Stream.generate(
                            () -> Bounded.startRun("close of a consumer", consumer::close))
                    .limit(2)
                    .toList();
            queue.require(
                    queue.stays(StillWaiting.in(closers)),
                    "two threads closed a consumer, and one close returned while its handler was running and time was left");
            gate.open();
            closers.forEach(it -> queue.call(
                    "close of a consumer",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
        } finally {
            gate.open();
        }
    }

    /** Its time runs from the first close, and whoever comes later does not prolong it. */
    @Test
    @Verifies("G-3")
    @Needs(clock = true)
    default void aSecondCloseDoesNotBeginTheDrainTimeoutAnew() {
        VirtualTime time = target().virtualTime().orElseThrow();
        Duration drain = Duration.ofMinutes(1);
        QueueConfig config = config().drainTimeout(drain).build();
        for (boolean all : List.of(false, true)) {
            String what = all ? "close" : "close of a consumer";
            try (QueueUnderTest queue = QueueUnderTest.open(this, time.target(), "G-3", Names.fresh("G-3"), config)) {
                Gate gate = new Gate(timeouts().await().multipliedBy(2));
                Consumer consumer = queue.consume(gate::handleStubbornly);
                queue.produce(Messages.message("held"));
                queue.await("the start of a handler", () -> gate.inside() == 1);
                Runnable close = all ? queue.unrecorded()::close : consumer::close;
                Running<Boolean> first = startWaiting(queue, what, close);
                time.clock().advance(drain.dividedBy(2));
                Running<Boolean> second = startWaiting(queue, what, close);
                time.clock().advance(drain.dividedBy(2).plusMillis(1));
                // The second close of a consumer may have a drain timeout of its own; that of a queue waits for the
                // same end.
                boolean ended =
                        Polling.until(timeouts().await(), () -> first.isDone() && (!all || second.isDone()), it -> it);
                gate.open();
                queue.require(
                        ended,
                        "two threads called %s, the second half a drain timeout after the first, and %s was still waiting when the drain timeout of the first had passed"
                                .formatted(what, first.isDone() ? "the second" : "the first"));
            }
        }
    }

    private static Running<Boolean> startWaiting(QueueUnderTest queue, String what, Runnable close) {
        Running<Boolean> closer = Bounded.startRun(what, close);
        queue.require(
                queue.stays(StillWaiting.in(closer)), what + " returned while a handler was running and time was left");
        return closer;
    }

    /** A failure is an outcome like any, though its retry is left to whoever opens the queue next. */
    @Test
    @Verifies("Q-23")
    default void closeCountsTheRunningHandlerThatFails() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-23")) {
            Gate gate = new Gate(timeouts().await());
            queue.consume(message -> failBehind(gate, message));
            failDuring(queue, gate, Messages.message("fails", 3), "close", queue.unrecorded()::close);
            queue.closeNow();
            queue.require(
                    queue.metrics().failed() == 1,
                    "a handler failed while close waited for it, and the metrics are " + queue.metrics());
        }
    }

    /** And where no retry is left, its message is given up then and there. */
    @Test
    @Verifies("Q-23")
    default void closeParksWhatFailsForTheLastTimeMeanwhile() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-23")) {
            Gate gate = new Gate(timeouts().await());
            queue.consume(message -> failBehind(gate, message));
            failDuring(queue, gate, Messages.message("fails"), "close", queue.unrecorded()::close);
            queue.closeNow();
            queue.require(
                    queue.metrics().failed() == 1 && queue.metrics().deadLetters() == 1,
                    "the only attempt that a message permits failed while close waited for it, so that 1 failure and 1 dead letter are due, and the metrics are "
                            + queue.metrics());
        }
    }

    /** And its retry goes to the others. */
    @Test
    @Verifies("Q-26")
    default void theCloseOfAConsumerCountsItsHandlerThatFails() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-26")) {
            Gate gate = new Gate(timeouts().await());
            Consumer closed = queue.consume(message -> failBehind(gate, message));
            failDuring(queue, gate, Messages.message("fails", 3), "close of a consumer", closed::close);
            queue.awaitMetrics("the handler that failed while its consumer was closed counts", it -> it.failed() == 1);
            queue.consume(message -> {});
            queue.judgeSettled(new RetriesCounted().and(new NoLoss()));
        }
    }

    private static void failBehind(Gate gate, Message message) throws InterruptedException {
        gate.handle(message);
        throw new IllegalStateException("fails while it is waited for");
    }

    private void failDuring(QueueUnderTest queue, Gate gate, Message message, String what, Runnable close) {
        queue.produce(message);
        queue.await("the start of a handler", () -> gate.inside() == 1);
        Running<Boolean> closer = startWaiting(queue, what, close);
        gate.open();
        queue.call(
                what,
                timeouts().await().multipliedBy(2),
                () -> closer.await(timeouts().await()));
    }

    /** Waited for in turn they would take as many drain timeouts as there are handlers. */
    @Test
    @Verifies("Q-23")
    default void severalHandlersShareOneDrainTimeout() {
        int handlers = 4;
        Duration drain = timeouts().tolerance().dividedBy(2);
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "Q-23", config().drainTimeout(drain).build())) {
            Gate gate = new Gate(timeouts().await());
            IntStream.range(0, handlers).forEach(i -> queue.consume(gate));
            queue.produceAll(Messages.numbered(handlers));
            queue.await("the start of " + handlers + " handlers", () -> gate.inside() == handlers);
            long start = System.nanoTime();
            queue.closeNow();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            queue.require(
                    took.compareTo(drain.plus(timeouts().tolerance())) <= 0,
                    "close took %s over %d running handlers with a drain timeout of %s"
                            .formatted(took, handlers, drain));
        }
    }
}
