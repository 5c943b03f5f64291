package org.brokertck.tck.multibroker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Health is looked at on its own, and told as it was found. */
public interface HealthRules extends MultiBrokerRules {
    @Test
    @Verifies("M-11")
    default void healthIsLookedAtWithNoTraffic() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-11")) {
            List<ScriptedBroker> brokers = multi.add("a", "b");
            for (int round = 0; round < 3; round++) {
                List<Instant> before =
                        brokers.stream().map(it -> multi.health(it).lastCheck()).toList();
                List<Integer> looks =
                        brokers.stream().map(ScriptedBroker::looks).toList();
                boolean looked = multi.pace()
                        .comesWithin(
                                multi.config().healthInterval(),
                                () -> brokers.stream().allMatch(it -> it.looks() > looks.get(brokers.indexOf(it))));
                multi.require(
                        looked,
                        "%s passed with no traffic, and the health of some broker was not looked at: looks went from %s to %s"
                                .formatted(
                                        multi.config().healthInterval(),
                                        looks,
                                        brokers.stream()
                                                .map(ScriptedBroker::looks)
                                                .toList()));
                for (ScriptedBroker broker : brokers) {
                    Instant last = before.get(brokers.indexOf(broker));
                    multi.require(
                            multi.happens(() -> multi.health(broker).lastCheck().isAfter(last)),
                            "the health of '%s' was looked at again, and lastCheck stays at %s"
                                    .formatted(broker.name(), last));
                }
            }
        }
    }

    /** Whoever asks is told of the last look; asking is no look. A time without a look would be a lie. */
    @Test
    @Verifies("M-11")
    default void askingForHealthIsNoLook() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-11")) {
            ScriptedBroker broker = multi.add("a").get(0);
            Instant before = multi.health(broker).lastCheck();
            multi.awaitLook();
            multi.happens(() -> multi.health(broker).lastCheck().isAfter(before));
            if (multi.pace().clock().isPresent()) {
                multi.pace().pass(multi.pace().unit());
            }
            int looks = broker.looks();
            Instant last = multi.health(broker).lastCheck();
            for (int i = 0; i < 20; i++) {
                multi.health();
            }
            Instant now = multi.health(broker).lastCheck();
            int since = broker.looks() - looks;
            multi.require(
                    since <= 1,
                    "health was asked for 20 times, for which the broker was looked at %d times".formatted(since));
            multi.require(
                    since > 0 || now.equals(last),
                    "lastCheck went from %s to %s without a look at the broker".formatted(last, now));
        }
    }

    @Test
    @Verifies("M-11")
    default void whatABrokerSaysOfItselfIsTold() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-11")) {
            List<ScriptedBroker> brokers = multi.add("b", "c", "a");
            brokers.get(0).counts(7);
            brokers.get(1).is(Health.DEGRADED);
            brokers.get(2).health.fails(new IllegalStateException("cannot say"));
            multi.awaitKnown(brokers.get(1), Health.DEGRADED);
            multi.awaitKnown(brokers.get(2), Health.UNHEALTHY);
            multi.happens(() -> multi.health(brokers.get(0)).errors() == 7);
            Map<String, HealthStatus> told = multi.health();
            multi.require(
                    List.copyOf(told.keySet()).equals(List.of("b", "c", "a")),
                    "health tells of %s, where b, c and a were added, in this order".formatted(told.keySet()));
            HealthStatus first = multi.health(brokers.get(0));
            multi.require(
                    first.status() == Health.HEALTHY
                            && first.errors() == 7
                            && "b".equals(first.details().get("told-by")),
                    "'b' says that it is healthy with 7 errors and a detail of its own, and is told as " + first);
            HealthStatus last = multi.health(brokers.get(2));
            multi.require(
                    last.errors() > 0
                            && String.valueOf(last.details().get(HealthStatus.CAUSE))
                                    .contains("cannot say"),
                    "a broker whose health() threw 'cannot say' is told without that or without an error: " + last);
        }
    }

    /** Whatever a look throws: a broker that could not tell is asked again, and found well when it is. */
    @Test
    @Verifies("M-11")
    default void aLookThatFailsIsNotTheLast() {
        List<Throwable> failures = List.of(
                new BrokerUnavailableException("gone"),
                new ClosedException("closed by someone else"),
                new IllegalStateException("a defect"),
                new StackOverflowError("a worse defect"));
        for (Throwable failure : failures) {
            try (MultiUnderTest multi = MultiUnderTest.open(this, "M-11")) {
                ScriptedBroker broker = multi.add("a").get(0);
                broker.health.fails(failure);
                requireFound(multi, broker, Health.UNHEALTHY, "its health() throws " + failure);
                broker.health.works();
                requireFound(
                        multi, broker, Health.HEALTHY, "its health() threw %s, and answers again".formatted(failure));
            }
        }
    }

    /** The errors that the broker tells begin where it left off; looks that failed stay counted. */
    @Test
    @Verifies("M-11")
    default void errorsNeverDecrease() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-11")) {
            ScriptedBroker broker = multi.add("a").get(0);
            broker.counts(3);
            multi.require(
                    multi.pace()
                            .comesWithin(
                                    multi.config().healthInterval(),
                                    () -> multi.health(broker).errors() == 3),
                    "a broker says that it has 3 errors, and is told as " + multi.health(broker));
            for (int outage = 0; outage < 3; outage++) {
                broker.health.fails(new BrokerUnavailableException("gone"));
                requireFound(multi, broker, Health.UNHEALTHY, "its health() throws");
                long told = multi.health(broker).errors();
                multi.require(
                        told >= 4, "a broker told of 3 errors, then a look at it failed, and it is told with " + told);
                broker.health.works();
                requireFound(multi, broker, Health.HEALTHY, "its health() threw, and answers again");
                long after = multi.health(broker).errors();
                multi.require(
                        after >= told,
                        "a broker that could not be asked was told with %d errors, and with %d when it answered again"
                                .formatted(told, after));
            }
        }
    }

    /** Errors are the broker's own, and looks that failed; what a produce came to says the broker itself. */
    @Test
    @Verifies("M-11")
    default void producesThatFailAreNoErrorsOfLooks() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-11")) {
            ScriptedBroker broker = multi.add("primary", "backup").get(0);
            multi.route("#", "primary,backup");
            broker.counts(2);
            for (RuntimeException failure : List.of(
                    new BrokerUnavailableException("gone"),
                    new OperationTimeoutException("no answer"),
                    new IllegalStateException("a defect"))) {
                broker.produces.fails(failure);
                multi.produce("order.created", "fails");
                // Twice, since one that fell due while another was under way may have been left out.
                multi.pass(multi.config().healthInterval());
                multi.pass(multi.config().healthInterval());
                multi.stays(() -> multi.health(broker).errors() == 2);
                long told = multi.health(broker).errors();
                multi.require(
                        told == 2,
                        "a broker that says that it has 2 errors, and can be looked at, is told with %d after a produce threw %s"
                                .formatted(told, failure));
            }
        }
    }

    private static void requireFound(MultiUnderTest multi, ScriptedBroker broker, Health due, String why) {
        multi.require(
                multi.pace()
                        .comesWithin(
                                multi.config().healthInterval(),
                                () -> multi.health(broker).status() == due),
                "after the health interval '%s' is told as %s, where %s is due: %s"
                        .formatted(broker.name(), multi.health(broker).status().word(), due.word(), why));
    }

    /** It was given up, and the broker is unhealthy until a look at it ends in time. */
    @Test
    @Verifies("M-12")
    default void aLookThatEndsTooLateFindsNothing() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-12", HangingRules::impatient)) {
            ScriptedBroker slow = multi.add("slow", "other").get(0);
            slow.health.waits();
            if (!multi.comesWithALook(() -> slow.health.hanging() > 0)) {
                throw multi.inconclusive("no look began within the health interval, which is the subject of M-11");
            }
            multi.require(
                    // In steps, since its time may begin a moment after the look; and not until the next look.
                    multi.pace()
                            .comesWithinSteps(
                                    multi.config()
                                            .healthTimeout()
                                            .multipliedBy(3)
                                            .dividedBy(2),
                                    () -> multi.health(slow).status() == Health.UNHEALTHY),
                    "a look has taken longer than the health timeout, and the broker is told as " + multi.health(slow));
            slow.health.waitsAnew();
            multi.require(
                    multi.stays(() -> multi.health(slow).status() == Health.UNHEALTHY),
                    "no look has ended within the health timeout, one has after it, and the broker is told as "
                            + multi.health(slow));
            slow.health.works();
            multi.require(
                    // In steps: a manual clock would pass the health timeout before anyone could answer.
                    multi.pace()
                            .comesWithinSteps(
                                    multi.config().healthInterval().multipliedBy(2),
                                    () -> multi.health(slow).status() == Health.HEALTHY),
                    "looks at a broker end in time again, and the broker is told as " + multi.health(slow));
        }
    }

    /** The look is held while time passes. */
    @Test
    @Verifies("M-11")
    default void latencyIsHowLongTheLookTook() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-11")) {
            ScriptedBroker broker = multi.add("slow").get(0);
            Duration unit = multi.pace().unit();
            broker.health.waits();
            boolean begun =
                    multi.pace().comesWithin(multi.config().healthInterval(), () -> broker.health.hanging() == 1);
            multi.require(begun, "no look began within the health interval");
            Instant before = multi.health(broker).lastCheck();
            multi.pace().pass(unit);
            broker.health.works();
            multi.require(
                    multi.happens(() -> multi.health(broker).lastCheck().isAfter(before)),
                    "a look ended, and lastCheck stays at " + before);
            HealthStatus status = multi.health(broker);
            Duration tolerance = multi.pace().clock().isPresent()
                    ? Duration.ofMillis(1)
                    : timeouts().tolerance();
            multi.require(
                    status.latency().compareTo(unit) >= 0 && status.latency().compareTo(unit.plus(tolerance)) <= 0,
                    "a look that took %s is told with a latency of %s".formatted(unit, status.latency()));
            multi.require(status.status() == Health.HEALTHY, "a look that ended in time and well is told as " + status);
        }
    }
}
