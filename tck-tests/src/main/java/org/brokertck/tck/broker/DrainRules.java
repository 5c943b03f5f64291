package org.brokertck.tck.broker;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.brokertck.api.ClosedException;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Closing waits for the handlers that run, whoever closes and whatever they belong to, and no longer than the drain timeout. */
public interface DrainRules extends BrokerRules {
    @Test
    @Verifies("G-3")
    default void closeWaitsForRunningHandlers() {
        Gate gate = new Gate(timeouts().recovery());
        AtomicInteger finished = new AtomicInteger();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-3")) {
            broker.subscribe("order.created", message -> {
                gate.handle(message);
                finished.incrementAndGet();
            });
            broker.produce("order.created", Messages.message("running"));
            broker.await("a handler running", () -> gate.inside() == 1);
            Running<Boolean> close = Bounded.startRun("close", broker.unrecorded()::close);
            broker.require(broker.stays(StillWaiting.in(close)), "close did not wait for a running handler");
            gate.open();
            awaitClose(broker, close);
            broker.require(finished.get() >= 1, "a handler that ran when close was called was cut off");
            broker.closeNow();
        } finally {
            gate.open();
        }
    }

    /** The drain timeout is its deadline: a handler that does not end holds it up no longer. */
    @Test
    @Verifies("G-3")
    default void closeEndsWithinItsDeadline() {
        Gate gate = new Gate(timeouts().recovery());
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "G-3", config().drainTimeout(timeouts().quiet()).build())) {
            broker.subscribe("order.created", gate);
            broker.produce("order.created", Messages.message("hangs"));
            broker.await("a handler running", () -> gate.inside() == 1);
            broker.closeNow();
        } finally {
            gate.open();
        }
    }

    /** The drain timeout runs for all handlers at once, whatever their topics, and not for one after another. */
    @Test
    @Verifies("G-3")
    default void handlersThatDoNotEndShareOneDrainTimeout() {
        int handlers = 5;
        Duration drain = timeouts().tolerance().dividedBy(2);
        Gate gate = new Gate(timeouts().recovery());
        Map<String, Long> interrupted = new ConcurrentHashMap<>();
        try (BrokerUnderTest broker =
                BrokerUnderTest.open(this, "G-3", config().drainTimeout(drain).build())) {
            for (int i = 0; i < handlers; i++) {
                broker.subscribe("order.n" + i, message -> {
                    if (interrupted.containsKey(message.id())) {
                        return; // Handed over again.
                    }
                    try {
                        gate.handle(message);
                    } catch (InterruptedException e) {
                        interrupted.put(message.id(), System.nanoTime());
                    }
                });
                broker.produce("order.n" + i, Messages.message("hangs-" + i));
            }
            broker.await("all handlers running", () -> gate.inside() == handlers);
            long start = System.nanoTime();
            broker.closeNow();
            broker.await(
                    "the interrupt of each of %d handlers that do not end".formatted(handlers),
                    () -> interrupted.size() == handlers);
            Duration last = Duration.ofNanos(Collections.max(interrupted.values()) - start);
            broker.require(
                    last.compareTo(drain.plus(timeouts().tolerance())) <= 0,
                    "the last of %d handlers that do not end was interrupted %s after close began, where the drain timeout is %s"
                            .formatted(handlers, last, drain));
        } finally {
            gate.open();
        }
    }

    /** Its subscription is gone, and its handler still runs: it left from inside, and nobody has waited for it yet. */
    @Test
    @Verifies("G-3")
    default void closeWaitsForTheHandlersOfThoseThatLeftBefore() {
        Gate gate = new Gate(timeouts().recovery());
        AtomicInteger finished = new AtomicInteger();
        AtomicReference<RecordedTopics.Heard> leaving = new AtomicReference<>();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-3")) {
            broker.subscribe("order.created");
            leaving.set(broker.subscribe("order.left", message -> {
                if (message.id().equals("leaves")) {
                    Objects.requireNonNull(leaving.get()).close();
                    gate.handle(message);
                    finished.incrementAndGet();
                }
            }));
            broker.produce("order.left", Messages.message("leaves"));
            broker.await("close of a subscription from inside its handler", () -> gate.inside() == 1);
            // Another one comes meanwhile, and makes nobody forget the first.
            broker.subscribe("order.left");
            Running<Boolean> close = Bounded.startRun("close", broker.unrecorded()::close);
            broker.require(
                    broker.stays(StillWaiting.in(close)),
                    "close did not wait for a handler that still ran, whose subscription had been closed before");
            gate.open();
            awaitClose(broker, close);
            broker.require(
                    finished.get() >= 1,
                    "a handler that ran when close was called, and whose subscription had been closed before, was cut off");
            broker.closeNow();
        } finally {
            gate.open();
        }
    }

    /** A close from inside waits for nobody; whoever closes after it waits, but no longer than the drain timeout. */
    @Test
    @Verifies("G-3")
    default void theHandlersOfThoseThatLeftBeforeHaveTheDrainTimeoutToo() {
        Gate gate = new Gate(timeouts().recovery());
        AtomicReference<RecordedTopics.Heard> leaving = new AtomicReference<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "G-3", config().drainTimeout(timeouts().quiet()).build())) {
            leaving.set(broker.subscribe("order.left", message -> {
                Objects.requireNonNull(leaving.get()).close();
                try {
                    gate.handle(message);
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
            }));
            broker.produce("order.left", Messages.message("leaves"));
            broker.await("close of a subscription from inside its handler", () -> gate.inside() > 0);
            broker.closeNow();
            broker.await(
                    "the interrupt of a handler that does not end, whose subscription had been closed from inside, by the close of its broker",
                    interrupted::get);
        } finally {
            gate.open();
        }
    }

    /** Whoever closes again may count on the same: when that returns no handler runs. */
    @Test
    @Verifies("G-3")
    default void aSecondCloseWaitsForTheSameEndAsTheFirst() {
        Gate gate = new Gate(timeouts().recovery());
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-3")) {
            broker.subscribe("order.created", gate);
            broker.produce("order.created", Messages.message("running"));
            broker.await("a handler running", () -> gate.inside() == 1);
            Running<Boolean> first = Bounded.startRun("close", broker.unrecorded()::close);
            broker.await("the beginning of the close", () -> isClosed(broker));
            Running<Boolean> second = Bounded.startRun("a second close", broker.unrecorded()::close);
            broker.require(
                    broker.stays(StillWaiting.in(second)),
                    "a second close did not wait for the end of the first, which waits for a running handler");
            gate.open();
            awaitClose(broker, first);
            awaitClose(broker, second);
            broker.closeNow();
        } finally {
            gate.open();
        }
    }

    /** A handler that closes its broker waits for nobody, and has not ended anything yet. */
    @Test
    @Verifies("G-3")
    default void aCloseAfterOneFromInsideWaitsForTheHandler() {
        Gate gate = new Gate(timeouts().recovery());
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "G-3", config().drainTimeout(timeouts().recovery()).build())) {
            broker.subscribe("order.created", message -> {
                broker.unrecorded().close();
                gate.handle(message);
            });
            broker.produce("order.created", Messages.message("closes"));
            broker.await("the close of a broker from inside a handler", () -> gate.inside() == 1);
            Running<Boolean> close = Bounded.startRun("close", broker.unrecorded()::close);
            broker.require(
                    broker.stays(StillWaiting.in(close)),
                    "close returned while a handler was running, which had closed the broker from inside");
            gate.open();
            awaitClose(broker, close);
            broker.closeNow();
        } finally {
            gate.open();
        }
    }

    /** Whoever closes a subscription again may count on the same. */
    @Test
    @Verifies("G-3")
    default void everyCloseOfASubscriptionWaitsForTheSameEnd() {
        Gate gate = new Gate(timeouts().recovery());
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "G-3", config().drainTimeout(timeouts().recovery()).build())) {
            RecordedTopics.Heard leaving = broker.subscribe("order.created", gate);
            broker.produce("order.created", Messages.message("running"));
            broker.await("a handler running", () -> gate.inside() == 1);
            List<Running<Boolean>> closers = Stream.generate(
                            () -> Bounded.startRun("close of a subscription", leaving::close))
                    .limit(2)
                    .toList();
            broker.require(
                    broker.stays(StillWaiting.in(closers)),
                    "two threads closed a subscription, and one close returned while its handler was running and time was left");
            gate.open();
            closers.forEach(it -> awaitClose(broker, it));
        } finally {
            gate.open();
        }
    }

    /** The one from inside waits for nobody, and has not ended anything yet. */
    @Test
    @Verifies("G-3")
    default void aCloseOfASubscriptionAfterOneFromInsideWaitsForTheHandler() {
        Gate gate = new Gate(timeouts().recovery());
        AtomicReference<RecordedTopics.Heard> self = new AtomicReference<>();
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "G-3", config().drainTimeout(timeouts().recovery()).build())) {
            RecordedTopics.Heard leaving = broker.subscribe("order.created", message -> {
                Objects.requireNonNull(self.get()).close();
                gate.handle(message);
            });
            self.set(leaving);
            broker.produce("order.created", Messages.message("leaves"));
            broker.await("the close of a subscription from inside its handler", () -> gate.inside() == 1);
            Running<Boolean> close = Bounded.startRun("close of a subscription", leaving::close);
            broker.require(
                    broker.stays(StillWaiting.in(close)),
                    "close of a subscription returned while its handler was running, which had closed it from inside");
            gate.open();
            awaitClose(broker, close);
        } finally {
            gate.open();
        }
    }

    private static boolean isClosed(BrokerUnderTest broker) {
        try {
            broker.unrecorded().produce("nobody.listens", Messages.message("is-it-closed"));
            return false;
        } catch (ClosedException closed) {
            return true;
        }
    }

    private static void awaitClose(BrokerUnderTest broker, Running<Boolean> close) {
        broker.run(
                "close",
                broker.timeouts().await().multipliedBy(2),
                () -> close.await(broker.timeouts().await()));
    }
}
