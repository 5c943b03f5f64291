package org.brokertck.tck.broker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.brokertck.api.BrokerException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Settings at their bounds mean what they say: no time at all, months of it, and as much room as there may be. */
public interface SettingRules extends BrokerRules {
    /** The longest, and one whose milliseconds are negative where they are cut to an int. */
    List<Duration> LONG = List.of(Duration.ofDays(365), Duration.ofDays(30));

    @Test
    @Verifies("B-1")
    default void theLargestSettingsAreTaken() {
        for (Duration duration : LONG) {
            BrokerConfig largest = BrokerConfig.builder()
                    .capacity(Integer.MAX_VALUE)
                    .produceTimeout(duration)
                    .healthTimeout(duration)
                    .degradedAfter(duration)
                    .drainTimeout(duration)
                    .build();
            try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-1", largest)) {
                RecordedTopics.Heard heard = broker.subscribe("order.created");
                List<Message> messages = Messages.numbered(3);
                broker.produceAll("order.created", messages);
                broker.awaitHandled(heard, messages.size());
                broker.closeNow();
            }
        }
    }

    @Test
    @Verifies("B-2")
    default void aLookThatMayWaitForMonthsIsNotOverAtOnce() {
        for (Duration duration : LONG) {
            try (BrokerUnderTest broker = BrokerUnderTest.open(
                    this,
                    "B-2",
                    config().healthTimeout(duration).degradedAfter(duration).build())) {
                HealthStatus status = broker.health();
                broker.require(
                        status.status() == Health.HEALTHY,
                        "a broker that nothing ails, that may wait for the answer for %s and is degraded after as long, says %s"
                                .formatted(duration, status));
            }
        }
    }

    /** Where a broker bounds what waits for a subscriber. */
    @Test
    @Verifies("B-1")
    @Needs(inMemory = true)
    default void aProduceThatMayWaitForMonthsWaits() {
        for (Duration duration : LONG) {
            Gate gate = new Gate(timeouts().recovery());
            try (BrokerUnderTest broker = BrokerUnderTest.open(
                    this, "B-1", config().capacity(2).produceTimeout(duration).build())) {
                broker.subscribe("order.created", gate);
                String what = "produce that may wait for room for " + duration;
                Running<Boolean> producer = Bounded.startRun(
                        what,
                        () -> Messages.numbered(8)
                                .forEach(it -> broker.recorded().produce("waiting", "order.created", it)));
                // One that bounds nothing takes them all, and is done.
                broker.stays(StillWaiting.in(producer));
                gate.open();
                broker.run(
                        what,
                        timeouts().await().multipliedBy(2),
                        () -> producer.await(timeouts().await()));
                broker.judgeSettled(new NothingLost());
            } finally {
                gate.open();
            }
        }
    }

    /** The wait is one, however often it turns out that there is still no room. */
    @Test
    @Verifies("B-1")
    @Needs(inMemory = true)
    default void whoIsWokenInVainWaitsNoLonger() {
        Duration timeout = timeouts().tolerance();
        Gate stuck = new Gate(timeouts().recovery());
        List<Gate> others =
                Stream.generate(() -> new Gate(timeouts().recovery())).limit(4).toList();
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "B-1", config().capacity(1).produceTimeout(timeout).build())) {
            broker.subscribe("order.created", stuck);
            others.forEach(it -> broker.subscribe("order.created", it));
            broker.produce("order.created", Messages.message("in-hand"));
            broker.await(
                    "all handlers running",
                    () -> stuck.inside() == 1 && others.stream().allMatch(it -> it.inside() == 1));
            AtomicReference<Duration> waited = new AtomicReference<>();
            Running<Boolean> producer = Bounded.startRun("produce until there is no room", () -> {
                for (int i = 0; i < 4; i++) {
                    long begun = System.nanoTime();
                    try {
                        broker.recorded().produce("waiting", "order.created", Messages.message("m-" + i));
                    } catch (QueueFullException full) {
                        waited.set(Duration.ofNanos(System.nanoTime() - begun));
                        return;
                    }
                }
            });
            // Each makes room for itself, and wakes whoever waits for the one that makes none.
            for (Gate other : others) {
                Polling.until(timeout.multipliedBy(2).dividedBy(5), producer::isDone, it -> it);
                other.open();
            }
            broker.run(
                    "produce that waits for room",
                    timeouts().await(),
                    () -> producer.await(timeouts().await().dividedBy(2)));
            Duration found = waited.get();
            broker.require(
                    found == null || found.compareTo(timeout.plus(timeouts().tolerance())) <= 0,
                    "a produce that waited for the room of one subscriber, while %d others made room, was refused after %s, where the timeout is %s"
                            .formatted(others.size(), found, timeout));
        } finally {
            stuck.open();
            others.forEach(Gate::open);
        }
    }

    /** It takes what room there is, and does not wait for more. */
    @Test
    @Verifies("B-1")
    @Needs(inMemory = true)
    default void aProduceThatMayNotWaitTakesWhatRoomThereIs() {
        int capacity = 3;
        Gate gate = new Gate(timeouts().recovery());
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this,
                "B-1",
                config().capacity(capacity).produceTimeout(Duration.ZERO).build())) {
            broker.subscribe("order.created", gate);
            AtomicInteger taken = new AtomicInteger();
            broker.run("produce that may not wait for room", () -> {
                try {
                    for (int i = 0; i < 3 * capacity; i++) {
                        broker.recorded().produce("hasty", "order.created", Messages.message("m-" + i));
                        taken.incrementAndGet();
                    }
                } catch (QueueFullException full) {
                    // As it should be, and in the history for the checks to judge.
                } catch (BrokerException other) {
                    broker.require(
                            false,
                            "a produce that may not wait for room, and found none, threw %s where QueueFullException is due"
                                    .formatted(other));
                }
            });
            broker.require(
                    taken.get() >= capacity,
                    "produces that may not wait for room found it for %d messages where the capacity is %d"
                            .formatted(taken.get(), capacity));
            gate.open();
            broker.judgeSettled(new NothingLost().and(new NothingInvented()));
        } finally {
            gate.open();
        }
    }

    /** The handler that runs is interrupted at once. */
    @Test
    @Verifies("G-3")
    default void aDrainTimeoutOfZeroWaitsForNoHandler() {
        for (boolean all : List.of(false, true)) {
            Gate gate = new Gate(timeouts().recovery());
            try (BrokerUnderTest broker = BrokerUnderTest.open(
                    this, "G-3", config().drainTimeout(Duration.ZERO).build())) {
                RecordedTopics.Heard subscription = broker.subscribe("order.created", gate);
                broker.produce("order.created", Messages.message("hangs"));
                broker.await("a handler running", () -> gate.inside() == 1);
                String what = "close of a %s with a drain timeout of 0, while a handler runs"
                        .formatted(all ? "broker" : "subscription");
                broker.run(what, all ? broker.unrecorded()::close : subscription::close);
                broker.await("the interrupt of that handler by a " + what, () -> gate.inside() == 0);
            } finally {
                gate.open();
            }
        }
    }
}
