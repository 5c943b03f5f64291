package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.api.monitoring.Condition;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.tck.check.monitoring.ActiveAlertsTrue;
import org.brokertck.tck.check.monitoring.FiresOnTime;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.monitoring.AlertWorkload;
import org.brokertck.tck.workload.monitoring.MonitorWorkloads;
import org.junit.jupiter.api.Test;

/** An alert fires when its condition has held for its whole duration: not before, and not if it lapsed in between. */
public interface AlertTimingRules extends MonitorRules {
    /** TestAlerting of the seed. */
    @Test
    @Verifies("O-5")
    default void theAlertOfTheFirstExampleFires() {
        Listener listener = new Listener();
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "O-5", hasty().build())) {
            monitor.setUp(AlertRulesFor.depth("High Queue Depth", Duration.ofSeconds(1), listener));
            long start = System.nanoTime();
            monitor.depth("orders", 150);
            monitor.await("the call of the callback", () -> listener.fired() > 0);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            monitor.require(
                    took.compareTo(Duration.ofSeconds(1)) >= 0,
                    "the alert fired %s after its condition began to hold, where a second is due".formatted(took));
            Alert alert = listener.told().get(0);
            monitor.require(
                    alert.value() == 150 && alert.queue().equals("orders"),
                    "the alert that fired is of queue '%s' with value %s, where 'orders' with 150 is due"
                            .formatted(alert.queue(), alert.value()));
        }
    }

    @Test
    @Verifies("O-5")
    @Needs(clock = true)
    default void anAlertIsPendingForItsDurationAndThenFires() {
        Duration duration = Duration.ofHours(2);
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-5")) {
            monitor.setUp(AlertRulesFor.depth("deep", duration).build());
            requireActive(monitor, "before anything was recorded");
            monitor.depth("orders", 150);
            Instant since = monitor.now();
            monitor.advance(INTERVAL);
            requireActive(monitor, "an interval later", AlertState.PENDING);
            monitor.advance(duration.minus(INTERVAL).minus(GRANULARITY));
            requireActive(monitor, "a millisecond before its duration is over", AlertState.PENDING);
            monitor.require(monitor.history().isEmpty(), "the history tells of an alert that is only pending");
            monitor.advance(GRANULARITY.plus(INTERVAL));
            requireActive(monitor, "an interval after its duration is over", AlertState.FIRING);
            Alert alert = monitor.alerts().get(0);
            monitor.require(
                    alert.activeSince().equals(since),
                    "the alert says that it is active since %s, where it is since %s"
                            .formatted(alert.activeSince(), since));
            Duration after = Duration.between(since, alert.timestamp());
            monitor.require(
                    after.compareTo(duration) >= 0 && after.compareTo(duration.plus(INTERVAL)) <= 0,
                    "the alert says that it fired after %s, where %s are due".formatted(after, duration));
        }
    }

    private static void requireActive(MonitorUnderTest monitor, String when, AlertState... due) {
        List<AlertState> states = monitor.alerts().stream().map(Alert::state).toList();
        monitor.require(
                states.equals(List.of(due)),
                "%s the active alerts are %s, where %s are due".formatted(when, states, List.of(due)));
    }

    @Test
    @Verifies("O-5")
    @Needs(clock = true)
    default void aLapseOfNoTimeAtAllBeginsTheDurationAnew() {
        Duration duration = Duration.ofSeconds(10);
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-5")) {
            // Two rules of one gauge, each of which must see every lapse.
            monitor.setUp(
                    AlertRulesFor.depth("deep", duration).build(),
                    AlertRulesFor.depth("deep as well", duration).build());
            for (int i = 0; i < 5; i++) {
                monitor.depth("orders", 150);
                monitor.advance(duration.minus(GRANULARITY));
                monitor.depth("orders", 100);
            }
            monitor.depth("orders", 101);
            monitor.advance(duration.minus(GRANULARITY));
            monitor.require(
                    monitor.history().isEmpty(),
                    "an alert fired, though its condition never held for its duration without a break: "
                            + monitor.history());
            monitor.advance(GRANULARITY.plus(INTERVAL));
            requireActive(monitor, "after a whole duration without a break", AlertState.FIRING, AlertState.FIRING);
        }
    }

    @Test
    @Verifies("O-5")
    @Needs(clock = true)
    default void everyQueueAndEveryRuleHasAnAlertOfItsOwn() {
        Duration duration = Duration.ofSeconds(10);
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-5")) {
            monitor.setUp(
                    AlertRulesFor.depth("deep", duration).build(),
                    AlertRulesFor.depth("deep for long", duration.multipliedBy(2))
                            .build());
            monitor.depth("orders", 150);
            monitor.advance(duration.dividedBy(2));
            monitor.depth("payments", 200);
            monitor.depth("refunds", 50);
            monitor.advance(duration.dividedBy(2).plus(INTERVAL));
            requireFiring(monitor, List.of("deep of orders"));
            monitor.advance(duration.dividedBy(2));
            requireFiring(monitor, List.of("deep of orders", "deep of payments"));
            monitor.depth("orders", 1);
            monitor.advance(duration);
            requireFiring(monitor, List.of("deep for long of payments", "deep of payments"));
        }
    }

    private static void requireFiring(MonitorUnderTest monitor, List<String> due) {
        List<String> firing = monitor.alerts().stream()
                .filter(it -> it.state() == AlertState.FIRING)
                .map(it -> it.rule().name() + " of " + it.queue())
                .sorted()
                .toList();
        monitor.require(firing.equals(due), "the alerts that fire are %s, where %s are due".formatted(firing, due));
    }

    /** Nothing is recorded any more, and this is what the rule is about. */
    @Test
    @Verifies("O-5")
    @Needs(clock = true)
    default void aRateThatFallsWithoutAnyRecordingFires() {
        Duration duration = Duration.ofSeconds(30);
        AlertRule stalled = AlertRule.builder("stalled")
                .metric(AlertMetric.PROCESSING_RATE)
                .condition(Condition.LESS)
                .threshold(0.005)
                .duration(duration)
                .build();
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-5")) {
            monitor.record(it -> it.recordConsumed("orders", Duration.ofMillis(5), Outcome.SUCCESS));
            monitor.setUp(stalled);
            monitor.advance(Duration.ofSeconds(85));
            requireActive(monitor, "while an attempt is within the window");
            monitor.advance(Duration.ofSeconds(27).plus(INTERVAL));
            requireActive(monitor, "after the last attempt left the window", AlertState.PENDING);
            monitor.advance(duration.plus(INTERVAL));
            requireActive(monitor, "a duration after the last attempt left the window", AlertState.FIRING);
        }
    }

    @Test
    @Verifies("O-5")
    @Needs(clock = true)
    default void anErrorRateThatLastsFires() {
        Duration duration = Duration.ofSeconds(10);
        AlertRule errors = AlertRule.builder("errors")
                .metric(AlertMetric.ERROR_RATE)
                .condition(Condition.AT_LEAST)
                .threshold(0.5)
                .duration(duration)
                .build();
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-5")) {
            monitor.setUp(errors);
            monitor.record(it -> {
                it.recordConsumed("orders", Duration.ofMillis(5), Outcome.SUCCESS);
                it.recordConsumed("orders", Duration.ofMillis(5), Outcome.FAILURE);
                it.recordConsumed("payments", Duration.ofMillis(5), Outcome.SUCCESS);
            });
            monitor.advance(duration.minus(GRANULARITY));
            requireActive(monitor, "before its duration is over", AlertState.PENDING);
            monitor.advance(INTERVAL.multipliedBy(2));
            requireFiring(monitor, List.of("errors of orders"));
        }
    }

    /** Nobody knows an error rate or a latency once nothing was attempted for so long, so that neither lasts. */
    @Test
    @Verifies("O-5")
    @Needs(clock = true)
    default void aWantOfAValueBeginsTheDurationAnew() {
        Duration window = config().build().window();
        Duration duration = window.multipliedBy(4);
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-5")) {
            monitor.setUp(aboveZero(AlertMetric.ERROR_RATE, duration), aboveZero(AlertMetric.AVG_LATENCY, duration));
            fail(monitor);
            monitor.advance(INTERVAL);
            requireActive(monitor, "with an attempt within the window", AlertState.PENDING, AlertState.PENDING);
            monitor.advance(window.multipliedBy(2));
            requireActive(monitor, "with no attempt within the window, and therefore no value to judge");
            failFor(monitor, window.multipliedBy(5).dividedBy(2));
            requireActive(
                    monitor,
                    "when there has been a value again for less than the duration",
                    AlertState.PENDING,
                    AlertState.PENDING);
            failFor(monitor, window.multipliedBy(2));
            requireActive(
                    monitor,
                    "when there has been a value again for longer than the duration",
                    AlertState.FIRING,
                    AlertState.FIRING);
        }
    }

    private static AlertRule aboveZero(AlertMetric metric, Duration duration) {
        return AlertRule.builder(metric.word())
                .metric(metric)
                .condition(Condition.GREATER)
                .threshold(0)
                .duration(duration)
                .build();
    }

    private static void fail(MonitorUnderTest monitor) {
        monitor.record(it -> it.recordConsumed("orders", Duration.ofMillis(5), Outcome.FAILURE));
    }

    /** Often enough that there is always one within the window. */
    private void failFor(MonitorUnderTest monitor, Duration time) {
        Duration pause = config().build().window().dividedBy(4);
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(pause)) {
            fail(monitor);
            monitor.advance(pause);
        }
    }

    @Property
    @Verifies("O-5")
    @Needs(clock = true)
    default void alertsFireWhenTheirConditionHasHeldForTheirDuration(
            @ForAll(supplier = MonitorWorkloads.Alerts.class) AlertWorkload workload) {
        AlertDriver.judge(this, "O-5", workload, new FiresOnTime().and(new ActiveAlertsTrue()));
    }
}
