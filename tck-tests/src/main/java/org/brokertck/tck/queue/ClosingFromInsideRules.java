package org.brokertck.tck.queue;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.Consumer;
import org.brokertck.tck.history.RecordedConsumer;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.scenario.ThreadCensus;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** A close from inside a handler does not wait for that handler; all others do, and it waits for all others. */
public interface ClosingFromInsideRules extends QueueRules {
    /** Nobody waits for such a close, and yet timers and all other threads must end with it. */
    @Test
    @Verifies("G-10")
    default void aCloseFromInsideAHandlerLeavesNoThreadBehind() {
        ThreadCensus census = ThreadCensus.take();
        Backoff backoff = Backoff.fixed(timeouts().await().multipliedBy(6));
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "G-10", config().backoff(backoff).build())) {
            queue.consume(message -> {
                if (message.maxRetries() > 0) {
                    throw new IllegalStateException("so that a retry is waiting");
                }
                queue.unrecorded().close();
            });
            queue.produce(Messages.message("fails", 1));
            queue.produce(Messages.message("closes"));
            queue.await(
                    "the start of the handler that closes",
                    () -> queue.recorded().attempts() == 2);
            List<Thread> left = Polling.until(timeouts().await(), census::newcomers, List::isEmpty);
            queue.require(
                    left.isEmpty(),
                    "after a close from inside a handler these threads are still alive: "
                            + ThreadCensus.describe(left));
            queue.closeNow();
        }
    }

    /** A close from inside a handler waits for nobody; others that close the queue meanwhile do. */
    @Test
    @Verifies("Q-23")
    default void closeWaitsForTheHandlerThatHasClosedTheQueue() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-23")) {
            Gate gate = new Gate(timeouts().await());
            queue.consume(message -> {
                queue.unrecorded().close();
                gate.handle(message);
            });
            queue.produce(Messages.message("closes"));
            queue.await("the return of a close from inside a handler", () -> gate.inside() == 1);
            requireToWait(queue, gate, "the handler that had closed the queue before was running");
        }
    }

    /** A close from inside waits for nobody; whoever closes after it waits, but no longer than the drain timeout. */
    @Test
    @Verifies("Q-23")
    default void handlersThatHaveClosedTheirConsumerHaveTheDrainTimeoutToo() {
        Gate gate = new Gate(timeouts().recovery());
        try (QueueUnderTest queue = QueueUnderTest.open(
                this, "Q-23", config().drainTimeout(timeouts().quiet()).build())) {
            AtomicReference<Consumer> leaving = new AtomicReference<>();
            leaving.set(queue.consume(message -> {
                Objects.requireNonNull(leaving.get()).close();
                gate.handle(message);
            }));
            queue.produce(Messages.message("leaves"));
            queue.await("the close of a consumer from inside its handler", () -> gate.inside() == 1);
            queue.closeNow();
            queue.await(
                    "the interrupt of a handler that does not end, whose consumer had been closed from inside, by the close of its queue",
                    () -> gate.inside() == 0);
        } finally {
            gate.open();
        }
    }

    /** The one from inside waits for nobody, and has not ended anything yet. */
    @Test
    @Verifies("G-3")
    default void aCloseOfAConsumerAfterOneFromInsideWaitsForTheHandler() {
        Gate gate = new Gate(timeouts().recovery());
        try (QueueUnderTest queue = QueueUnderTest.open(
                this, "G-3", config().drainTimeout(timeouts().recovery()).build())) {
            CompletableFuture<RecordedConsumer> self = new CompletableFuture<>();
            self.complete(queue.consume(message -> {
                self.join().close();
                gate.handle(message);
            }));
            queue.produce(Messages.message("leaves"));
            queue.await("the close of a consumer from inside its handler", () -> gate.inside() == 1);
            Running<Boolean> close = Bounded.startRun("close of a consumer", self.join()::close);
            queue.require(
                    queue.stays(StillWaiting.in(close)),
                    "close of a consumer returned while its handler was running, which had closed it from inside");
            gate.open();
            queue.call(
                    "close of a consumer",
                    timeouts().await().multipliedBy(2),
                    () -> close.await(timeouts().await()));
        } finally {
            gate.open();
        }
    }

    /** From inside another's handler it is a close like any. */
    @Test
    @Verifies("Q-26")
    default void theCloseOfAConsumerFromAnothersHandlerWaits() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-26")) {
            Gate gate = new Gate(timeouts().await());
            Consumer closed = queue.consume(gate);
            queue.produce(Messages.message("held"));
            queue.await("the start of a handler", () -> gate.inside() == 1);
            AtomicBoolean returned = new AtomicBoolean();
            AtomicBoolean begun = new AtomicBoolean();
            queue.consume(message -> {
                begun.set(true);
                closed.close();
                returned.set(true);
            });
            queue.produce(Messages.message("closes"));
            queue.await("the start of a handler that closes another consumer", begun::get);
            queue.require(
                    queue.stays(() -> !returned.get()),
                    "the close of a consumer from another's handler returned while its own handler was running");
            gate.open();
            queue.await("the return of a close of a consumer whose handler has ended", returned::get);
        }
    }

    /** Its consumer takes no more, but the queue has not done with it, whoever has come since. */
    @Test
    @Verifies("Q-23")
    default void closeWaitsForAHandlerThatHasClosedItsOwnConsumer() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-23")) {
            Gate gate = new Gate(timeouts().await());
            CompletableFuture<RecordedConsumer> self = new CompletableFuture<>();
            self.complete(queue.consume(message -> {
                self.join().close();
                gate.handle(message);
            }));
            queue.produce(Messages.message("closes"));
            queue.await("the return of a close of a consumer from inside its own handler", () -> gate.inside() == 1);
            queue.consume(message -> {});
            requireToWait(
                    queue, gate, "a handler was running that had closed its own consumer before another consumer came");
            queue.require(
                    queue.metrics().consumed() == 1,
                    "a handler that had closed its own consumer succeeded while the queue was closing, and the metrics are "
                            + queue.metrics());
        }
    }

    /** From inside a handler of another queue it is a close like any. */
    @Test
    @Verifies("Q-23")
    default void theCloseOfAQueueFromAnothersHandlerWaits() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-23");
                QueueUnderTest other = QueueUnderTest.open(this, "Q-23")) {
            requireToWaitInAHandlerOf(other, queue, "another one");
        }
    }

    /** However much the names of their threads may look like those of the queue's own. */
    @Test
    @Verifies("Q-23")
    default void theCloseOfAQueueFromTheHandlerOfOneWithALongerNameWaits() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-23");
                QueueUnderTest other =
                        QueueUnderTest.open(this, target(), "Q-23", queue.name() + "-eu", config().build())) {
            requireToWaitInAHandlerOf(other, queue, "another one, whose name begins with its own,");
        }
    }

    private void requireToWaitInAHandlerOf(QueueUnderTest other, QueueUnderTest queue, String which) {
        Gate gate = new Gate(timeouts().await());
        queue.consume(gate);
        queue.produce(Messages.message("held"));
        queue.await("the start of a handler", () -> gate.inside() == 1);
        AtomicBoolean begun = new AtomicBoolean();
        AtomicBoolean returned = new AtomicBoolean();
        other.consume(message -> {
            begun.set(true);
            queue.unrecorded().close();
            returned.set(true);
        });
        other.produce(Messages.message("closes"));
        other.await("the start of a handler that closes another queue", begun::get);
        boolean waits = queue.stays(() -> !returned.get());
        gate.open();
        queue.require(
                waits,
                "the close of a queue from inside a handler of %s returned while its own handler was running and time was left"
                        .formatted(which));
        boolean ended = queue.happensWithin(timeouts().await(), returned::get);
        queue.require(ended, "the close of a queue from inside a handler of %s did not return".formatted(which));
    }

    /** Nobody else's close returns as long as the gate holds a handler of the queue. */
    private void requireToWait(QueueUnderTest queue, Gate gate, String whileWhat) {
        Running<Boolean> closer = Bounded.startRun("close", queue.unrecorded()::close);
        queue.require(queue.stays(StillWaiting.in(closer)), "close returned while " + whileWhat + " and time was left");
        gate.open();
        queue.call(
                "close",
                timeouts().await().multipliedBy(2),
                () -> closer.await(timeouts().await()));
    }
}
