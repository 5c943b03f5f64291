package org.brokertck.tck.broker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.target.Fault;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.broker.BrokerHistory;
import org.brokertck.tck.history.broker.Handling;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.Server;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.broker.BrokerWorkload;
import org.brokertck.tck.workload.broker.BrokerWorkloads;
import org.junit.jupiter.api.Test;

/** Health answers in time, and is true to the state of the broker. */
public interface HealthRules extends BrokerRules {
    @Test
    @Verifies("B-2")
    default void aFreshBrokerIsHealthyAndSaysWhenItLooked() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-2")) {
            Instant last = Instant.EPOCH;
            for (int i = 0; i < 3; i++) {
                HealthStatus status = timedLook(broker);
                broker.require(status.status() == Health.HEALTHY, "a broker that nothing ails says " + status);
                broker.require(status.errors() == 0, "a broker of which nothing failed counts errors: " + status);
                broker.require(
                        status.lastCheck().isAfter(last),
                        "a later look gives lastCheck %s, and one before it %s".formatted(status.lastCheck(), last));
                last = status.lastCheck();
                Instant looked = last;
                broker.happensWithin(timeouts().tolerance(), () -> Instant.now().isAfter(looked.plusMillis(2)));
            }
        }
    }

    /** One look; its latency and its time must fit what a watch beside it says. */
    private HealthStatus timedLook(BrokerUnderTest broker) {
        Instant before = Instant.now();
        long start = System.nanoTime();
        HealthStatus status = broker.health();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        broker.require(
                status.latency().compareTo(took) <= 0,
                "a look that took %s says that its latency was %s".formatted(took, status.latency()));
        broker.require(
                !status.lastCheck().isBefore(before.minusMillis(1))
                        && !status.lastCheck().isAfter(Instant.now().plusMillis(1)),
                "a look between %s and %s says that lastCheck was %s"
                        .formatted(before, Instant.now(), status.lastCheck()));
        return status;
    }

    @Test
    @Verifies("B-2")
    default void aClosedBrokerIsUnhealthyAndSaysWhy() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-2")) {
            broker.subscribe("order.created");
            broker.produceAll("order.created", Messages.numbered(3));
            broker.require(broker.health().status() == Health.HEALTHY, "a broker in use is not healthy");
            broker.closeNow();
            for (int i = 0; i < 2; i++) {
                HealthStatus status = timedLook(broker);
                broker.require(status.status() == Health.UNHEALTHY, "a closed broker says " + status);
                requireCause(broker, status);
            }
        }
    }

    private static void requireCause(BrokerUnderTest broker, HealthStatus status) {
        Object cause = status.details().getOrDefault(HealthStatus.CAUSE, "");
        broker.require(
                !cause.toString().isBlank(),
                "a broker that is %s gives no '%s' among its details: %s"
                        .formatted(status.status().word(), HealthStatus.CAUSE, status.details()));
    }

    @Test
    @Verifies("B-2")
    default void failuresAreCounted() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-2")) {
            AtomicInteger seen = new AtomicInteger();
            broker.subscribe("order.created", message -> {
                switch (seen.getAndIncrement() % 3) {
                    case 0 -> throw new IllegalStateException("as planned");
                    case 1 -> throw new StackOverflowError("an error, as planned");
                    default -> throw new Exception("checked, as planned");
                }
            });
            broker.subscribe("order.created");
            broker.produceAll("order.created", Messages.numbered(6));
            broker.settle();
            requireErrorsCounted(broker);
        }
    }

    /** Since the broker was opened, as {@link HealthStatus#errors()} says, and not since somebody came. */
    @Test
    @Verifies("B-2")
    default void failuresOfThoseWhoHaveLeftAreCountedStill() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-2")) {
            RecordedTopics.Heard leaving = broker.subscribe("order.created", message -> {
                throw new IllegalStateException("as planned");
            });
            broker.produceAll("order.created", Messages.numbered(3));
            broker.settle();
            requireErrorsCounted(broker);
            broker.close(leaving);
            requireErrorsCounted(broker);
            broker.subscribe("order.created");
            long errors = broker.health().errors();
            broker.require(
                    errors == failures(broker.history()),
                    "the handler of a subscriber failed %d times, it left, and another one came: health counts %d errors"
                            .formatted(failures(broker.history()), errors));
        }
    }

    /** Whoever waits for a handler hears how it ended. */
    @Test
    @Verifies("B-2")
    default void whatFailsWhileItIsClosedIsCounted() {
        for (boolean all : List.of(false, true)) {
            Gate gate = new Gate(timeouts().recovery());
            try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-2")) {
                RecordedTopics.Heard subscription = broker.subscribe("order.created", message -> {
                    gate.handle(message);
                    throw new IllegalStateException("fails while its subscription is closed");
                });
                broker.produce("order.created", Messages.message("fails"));
                broker.await("a handler running", () -> gate.inside() == 1);
                String what = all ? "close" : "close of a subscription";
                Running<Boolean> close = Bounded.startRun(what, all ? broker.unrecorded()::close : subscription::close);
                broker.stays(StillWaiting.in(close));
                gate.open();
                broker.run(
                        what,
                        timeouts().await().multipliedBy(2),
                        () -> close.await(timeouts().await()));
                HealthStatus last = Polling.until(timeouts().await(), broker::health, it -> it.errors() > 0);
                broker.require(
                        last.errors() > 0,
                        "a handler failed while a %s waited for it, and health counts %d errors"
                                .formatted(what, last.errors()));
            } finally {
                gate.open();
            }
        }
    }

    /** What is wrong with the argument of a call says nothing of the broker. */
    @Test
    @Verifies("B-2")
    default void aMessageThatIsTooLargeIsNoErrorOfTheBroker() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-2")) {
            broker.subscribe("order.created");
            byte[] tooLarge = new byte[target().limits().maxPayloadBytes() + 1];
            broker.refused(
                    MessageTooLargeException.class,
                    "produce of %d bytes, one over the limit".formatted(tooLarge.length),
                    () -> broker.unrecorded()
                            .produce(
                                    "order.created",
                                    Messages.builder("too-large")
                                            .payload(tooLarge)
                                            .build()));
            HealthStatus status = broker.health();
            broker.require(
                    status.errors() == 0,
                    "health counts %d errors after a message that was refused as too large".formatted(status.errors()));
        }
    }

    /** Each failed handling and each failed produce is one error, and nothing else is. */
    private void requireErrorsCounted(BrokerUnderTest broker) {
        HealthStatus last =
                Polling.until(timeouts().await(), broker::health, it -> it.errors() == failures(broker.history()));
        long due = failures(broker.history());
        broker.require(
                last.errors() == due,
                "health counts %d errors, where %d handlers and produces failed".formatted(last.errors(), due));
    }

    private static long failures(BrokerHistory history) {
        return history.handlings().stream().filter(Handling::failed).count()
                + history.produces().stream()
                        .filter(it -> it.outcome() != Outcome.OK)
                        .count();
    }

    @Property
    @Verifies("B-2")
    default void anyFailuresAreCounted(@ForAll(supplier = BrokerWorkloads.Failing.class) BrokerWorkload workload) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-2")) {
            HealthStatus before = timedLook(broker);
            BrokerDriver.run(broker, workload);
            HealthStatus during = timedLook(broker);
            broker.settle();
            requireErrorsCounted(broker);
            HealthStatus after = timedLook(broker);
            broker.require(
                    before.errors() <= during.errors() && during.errors() <= after.errors(),
                    "errors went from %d to %d to %d".formatted(before.errors(), during.errors(), after.errors()));
            broker.closeNow();
            broker.require(
                    broker.health().status() == Health.UNHEALTHY, "a closed broker says that it is not unhealthy");
        }
    }

    /** Where a broker bounds what waits: as long as it refuses messages, something of it fails. */
    @Test
    @Verifies("B-2")
    @Needs(inMemory = true)
    default void aBrokerThatHasNoRoomIsDegraded() {
        requireDegradedForWantOfRoom(1);
    }

    /** However many have no room, it is one produce that is refused. */
    @Test
    @Verifies("B-2")
    @Needs(inMemory = true)
    default void aProduceThatSeveralHaveNoRoomForIsOneError() {
        requireDegradedForWantOfRoom(3);
    }

    /** @param full how many subscribers come to have no room */
    private void requireDegradedForWantOfRoom(int full) {
        Gate gate = new Gate(timeouts().recovery());
        Duration patience = timeouts().quiet().dividedBy(5);
        try (BrokerUnderTest broker = BrokerUnderTest.open(
                this, "B-2", config().capacity(2).produceTimeout(patience).build())) {
            // Room that others have is no help.
            broker.subscribe("order.created");
            for (int i = 0; i < full; i++) {
                broker.subscribe("order.created", gate);
            }
            broker.subscribe("order.created");
            broker.produce("order.created", Messages.message("in-hand"));
            broker.await("a message in the hands of %d handlers".formatted(full), () -> gate.inside() == full);
            int refused = 0;
            for (int i = 0; i < 6; i++) {
                refused += broker.tryProduce("order.created", Messages.message("m-" + i)) ? 0 : 1;
            }
            if (refused > 0) {
                HealthStatus now = broker.health();
                broker.require(
                        now.status() == Health.DEGRADED, "a broker that refuses messages for want of room says " + now);
                requireCause(broker, now);
                broker.require(
                        now.errors() == refused,
                        "%d produces were refused, since %d subscribers had no room, and health counts %d errors"
                                .formatted(refused, full, now.errors()));
            }
            gate.open();
            awaitHealth(broker, timeouts().await(), "has room again", it -> it.status() == Health.HEALTHY);
        } finally {
            gate.open();
        }
    }

    private static HealthStatus awaitHealth(
            BrokerUnderTest broker, Duration limit, String what, Predicate<HealthStatus> expected) {
        HealthStatus last = Polling.until(limit, broker::health, expected);
        broker.require(
                expected.test(last), "%s after its server or it %s, health says %s".formatted(limit, what, last));
        return last;
    }

    /** Such a server keeps its connections, so that nothing but the timeout ends the wait for it. */
    @Test
    @Verifies("B-2")
    @Needs(faults = Fault.PAUSE)
    default void aServerThatStandsStillIsToldInTime() {
        Duration patience = timeouts().tolerance();
        try (Server server = Server.of(target());
                BrokerUnderTest broker = BrokerUnderTest.open(
                        this, "B-2", config().healthTimeout(patience).build())) {
            broker.require(broker.health().status() == Health.HEALTHY, "a broker whose server runs is not healthy");
            server.pause();
            for (int i = 0; i < 2; i++) {
                long start = System.nanoTime();
                HealthStatus status = broker.health();
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                broker.require(
                        took.compareTo(patience.plus(timeouts().tolerance())) <= 0,
                        "health of a server that stands still answered after %s with a timeout of %s"
                                .formatted(took, patience));
                broker.require(status.status() != Health.HEALTHY, "a broker whose server stands still says " + status);
                requireCause(broker, status);
            }
            server.resume();
            awaitHealth(broker, timeouts().recovery(), "went on", it -> it.status() == Health.HEALTHY);
        }
    }

    @Test
    @Verifies("B-2")
    @Needs(faults = Fault.KILL)
    default void aServerThatIsGoneIsUnhealthyUntilItIsBack() {
        try (Server server = Server.of(target());
                BrokerUnderTest broker = BrokerUnderTest.open(this, "B-2")) {
            broker.subscribe("order.created");
            broker.require(broker.health().status() == Health.HEALTHY, "a broker whose server runs is not healthy");
            server.kill();
            HealthStatus gone =
                    awaitHealth(broker, timeouts().await(), "was killed", it -> it.status() == Health.UNHEALTHY);
            requireCause(broker, gone);
            broker.require(gone.errors() > 0, "looks at a server that is gone failed, and count no error: " + gone);
            server.start();
            awaitHealth(broker, timeouts().recovery(), "was started again", it -> it.status() == Health.HEALTHY);
        }
    }
}
