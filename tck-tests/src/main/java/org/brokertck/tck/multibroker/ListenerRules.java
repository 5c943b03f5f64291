package org.brokertck.tck.multibroker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.HealthTransition;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.Thrown;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Every change of a broker's health is told once, whatever listeners do. */
public interface ListenerRules extends MultiBrokerRules {
    /** Nobody knew it before, so that nothing has changed. */
    @Test
    @Verifies("M-11")
    default void theFirstLookAtABrokerIsNoTransition() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-11")) {
            List<HealthTransition> told = new CopyOnWriteArrayList<>();
            multi.unrecorded().addHealthListener(told::add);
            for (Health state : Health.values()) {
                ScriptedBroker broker = multi.own(new ScriptedBroker(state.word()));
                broker.is(state);
                multi.add(broker);
                multi.awaitKnown(broker, state);
            }
            multi.pace().pass(multi.config().healthInterval());
            multi.require(
                    Polling.until(timeouts().quiet(), () -> told, it -> !it.isEmpty())
                            .isEmpty(),
                    "brokers were added that are as they were, and the listener was told of changes: " + told);
        }
    }

    /** Whatever has come of the broker in the meantime. */
    @Test
    @Verifies("M-11")
    default void aListenerThatTakesItsTimeMissesNoChange() {
        CountDownLatch gate = new CountDownLatch(1);
        List<HealthTransition> told = new CopyOnWriteArrayList<>();
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-11")) {
            try {
                ScriptedBroker broker = multi.add("changing", "steady").get(0);
                multi.unrecorded().addHealthListener(it -> {
                    told.add(it);
                    awaitOpen(gate);
                });
                find(multi, broker, Health.UNHEALTHY);
                multi.await("the first call of a listener", () -> told.size() == 1);
                multi.subscribe("order.created");
                multi.produce("order.created", "beside a listener that takes its time");
                find(multi, broker, Health.HEALTHY);
                find(multi, broker, Health.UNHEALTHY);
                find(multi, broker, Health.DEGRADED);
            } finally {
                gate.countDown();
            }
            multi.happens(() -> told.size() >= 4);
            multi.stays(() -> told.size() == 4);
            requireTold(
                    multi,
                    told,
                    List.of(
                            transition(Health.HEALTHY, Health.UNHEALTHY),
                            transition(Health.UNHEALTHY, Health.HEALTHY),
                            transition(Health.HEALTHY, Health.UNHEALTHY),
                            transition(Health.UNHEALTHY, Health.DEGRADED)));
        }
    }

    private void awaitOpen(CountDownLatch gate) {
        try {
            if (!gate.await(timeouts().recovery().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("the test forgot its gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever a listener throws, the next one is told, and so is the next change. */
    @Test
    @Verifies("M-11")
    default void whateverAListenerThrowsTheNextChangeIsTold() {
        List<Health> states = new ArrayList<>();
        for (int i = 0; i <= Thrown.values().length; i++) {
            states.add(i % 2 == 0 ? Health.DEGRADED : Health.HEALTHY);
        }
        changes(states);
    }

    @Test
    @Verifies("M-11")
    default void everyChangeIsToldOnce() {
        changes(List.of(
                Health.UNHEALTHY,
                Health.UNHEALTHY,
                Health.DEGRADED,
                Health.HEALTHY,
                Health.HEALTHY,
                Health.UNHEALTHY,
                Health.HEALTHY));
    }

    @Property
    @Verifies("M-11")
    default void anyChangesAreToldOnceEach(@ForAll @Size(min = 1, max = 8) List<Health> states) {
        changes(states);
    }

    /** A broker is found in each state in turn; a listener that throws all there is comes before the one that writes down. */
    private void changes(List<Health> states) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-11")) {
            List<HealthTransition> told = new CopyOnWriteArrayList<>();
            ScriptedBroker broker = multi.add("changing", "steady").get(0);
            Iterator<Thrown> each =
                    Stream.generate(Thrown::values).flatMap(Arrays::stream).iterator();
            multi.unrecorded().addHealthListener(it -> each.next().happen());
            multi.unrecorded().addHealthListener(told::add);
            List<String> due = new ArrayList<>();
            Health before = Health.HEALTHY;
            for (Health state : states) {
                find(multi, broker, state);
                if (state != before) {
                    due.add(transition(before, state));
                }
                before = state;
                multi.happens(() -> told.size() >= due.size());
            }
            multi.stays(() -> told.size() == due.size());
            requireTold(multi, told, due);
        }
    }

    /** To the end of the look: the next one is left out while this one is under way. */
    private static void find(MultiUnderTest multi, ScriptedBroker broker, Health state) {
        broker.is(state);
        int looks = broker.looks();
        Instant last = multi.health(broker).lastCheck();
        multi.require(
                multi.pace().comesWithin(multi.config().healthInterval(), () -> {
                    HealthStatus now = multi.health(broker);
                    return broker.looks() > looks
                            && now.status() == state
                            && now.lastCheck().isAfter(last);
                }),
                "a broker that is %s is still told as %s after the health interval"
                        .formatted(state.word(), multi.health(broker).status().word()));
    }

    private static String transition(Health from, Health to) {
        return "changing: " + from + " → " + to;
    }

    private static void requireTold(MultiUnderTest multi, List<HealthTransition> told, List<String> due) {
        List<String> found = told.stream()
                .map(it -> it.broker() + ": " + it.from() + " → " + it.to().status())
                .toList();
        multi.require(found.equals(due), "the listener was told %s, where %s are due".formatted(found, due));
    }
}
