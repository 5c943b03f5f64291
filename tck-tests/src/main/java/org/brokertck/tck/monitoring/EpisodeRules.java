package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.tck.check.monitoring.CallbacksTold;
import org.brokertck.tck.check.monitoring.OncePerEpisode;
import org.brokertck.tck.history.monitoring.Exposition;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.monitoring.AlertWorkload;
import org.brokertck.tck.workload.monitoring.MonitorWorkloads;
import org.junit.jupiter.api.Test;

/** An alert fires once for each time that its condition holds, is resolved when it no longer does, and can fire again. */
public interface EpisodeRules extends MonitorRules {
    @Test
    @Verifies("O-6")
    @Needs(clock = true)
    default void anAlertFiresOnceIsResolvedAndFiresAgain() {
        Duration duration = Duration.ofSeconds(5);
        Listener listener = new Listener();
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-6")) {
            monitor.setUp(AlertRulesFor.depth("deep", duration, listener));
            for (int episode = 1; episode <= 3; episode++) {
                monitor.depth("orders", 150);
                monitor.advance(duration.plus(INTERVAL));
                // Many evaluations and recordings later it is the same episode.
                for (int i = 0; i < 10; i++) {
                    monitor.depth("orders", 200 + i);
                    monitor.advance(INTERVAL.multipliedBy(3));
                }
                requireStates(monitor, monitor.history(), "the history", 2 * episode - 1);
                monitor.depth("orders", 5);
                monitor.advance(INTERVAL);
                requireStates(monitor, monitor.history(), "the history", 2 * episode);
                monitor.require(
                        monitor.alerts().isEmpty(),
                        "an alert is active, though its condition has ended: " + monitor.alerts());
            }
            monitor.await("the last call of the callback", () -> listener.told().size() >= 6);
            monitor.require(
                    monitor.stays(() -> listener.told().size() == 6),
                    "a callback was called %d times in three episodes, where two calls are due in each"
                            .formatted(listener.told().size()));
            requireStates(monitor, listener.told(), "the callback", 6);
            requireCounted(monitor, 3);
        }
    }

    private static void requireStates(MonitorUnderTest monitor, List<Alert> alerts, String who, int number) {
        for (int i = 0; i < Math.max(number, alerts.size()); i++) {
            AlertState due = i % 2 == 0 ? AlertState.FIRING : AlertState.RESOLVED;
            boolean asDue = i < number && i < alerts.size() && alerts.get(i).state() == due;
            monitor.require(
                    asDue,
                    "%s tells of the states %s, where %d of them are due: FIRING and RESOLVED in turn"
                            .formatted(who, alerts.stream().map(Alert::state).toList(), number));
        }
    }

    private static void requireCounted(MonitorUnderTest monitor, double episodes) {
        Exposition metrics = monitor.scrape();
        for (String name : List.of(MetricNames.ALERTS_FIRED, MetricNames.ALERTS_RESOLVED)) {
            double counted = metrics.value(name, Map.of()).orElse(Double.NaN);
            monitor.require(counted == episodes, "%s is %s after %s episodes".formatted(name, counted, episodes));
        }
        double firing = metrics.value(MetricNames.ALERTS_FIRING, Map.of()).orElse(Double.NaN);
        monitor.require(firing == 0, "%s is %s when nothing fires".formatted(MetricNames.ALERTS_FIRING, firing));
    }

    /** Beyond the interval of evaluation, too: an end and a beginning between two evaluations are an end and a beginning. */
    @Test
    @Verifies("O-6")
    @Needs(clock = true)
    default void aLapseBetweenTwoEvaluationsEndsTheEpisode() {
        Duration duration = Duration.ofSeconds(5);
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-6")) {
            monitor.setUp(AlertRulesFor.depth("deep", duration).build());
            monitor.depth("orders", 150);
            monitor.advance(duration.plus(INTERVAL));
            monitor.depth("orders", 5);
            monitor.advance(GRANULARITY);
            monitor.depth("orders", 150);
            monitor.advance(duration.plus(INTERVAL));
            requireStates(monitor, monitor.history(), "the history", 3);
        }
    }

    /** Whether its condition ends or its rule goes: who heard that it fires hears that it is over. */
    @Test
    @Verifies("O-6")
    @Needs(clock = true)
    default void theCallbackHearsOfTheEndAlsoWhenTheRuleGoes() {
        Map<String, List<AlertRule>> sets = Map.of(
                "the empty set", List.of(),
                "a set without it",
                        List.of(AlertRulesFor.depth("another", Duration.ZERO).build()),
                "a set with another rule of its name",
                        List.of(AlertRulesFor.depth("deep", Duration.ofSeconds(90))
                                .build()));
        sets.forEach((what, set) -> {
            Listener listener = new Listener();
            try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-6")) {
                monitor.setUp(AlertRulesFor.depth("deep", Duration.ZERO, listener));
                monitor.depth("orders", 150);
                monitor.advance(INTERVAL);
                monitor.await("the call that it fires", () -> listener.told().size() == 1);
                monitor.setUp(set);
                monitor.advance(INTERVAL);
                boolean told =
                        Polling.until(timeouts().await(), () -> listener.told().size() == 2, it -> it);
                monitor.require(
                        told,
                        "an alert fired when %s replaced its rule, which resolved it; its callback was told %s, and the history tells %s"
                                .formatted(what, states(listener.told()), states(ofDeep(monitor.history()))));
                requireStates(monitor, listener.told(), "the callback", 2);
            }
        });
    }

    private static List<Alert> ofDeep(List<Alert> alerts) {
        return alerts.stream().filter(it -> it.rule().name().equals("deep")).toList();
    }

    private static List<AlertState> states(List<Alert> alerts) {
        return alerts.stream().map(Alert::state).toList();
    }

    /** As {@link org.brokertck.api.monitoring.QueueMonitor#alerts} says: by the beginning of each, whatever became of it since. */
    @Test
    @Verifies("O-6")
    @Needs(clock = true)
    default void activeAlertsStandInTheOrderOfTheirBeginnings() {
        Duration duration = Duration.ofSeconds(5);
        List<String> queues = List.of("zulu", "mike", "alpha");
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(this, "O-6")) {
            monitor.setUp(AlertRulesFor.depth("deep", duration).build());
            for (String queue : queues) {
                monitor.depth(queue, 150);
                monitor.advance(Duration.ofSeconds(2));
            }
            // The first fires by now, and the others are pending; then all of them fire.
            for (int i = 0; i < 2; i++) {
                List<Alert> active = monitor.alerts();
                monitor.require(
                        active.stream().map(Alert::queue).toList().equals(queues),
                        "the conditions of %s began to hold in this order, and the active alerts are %s"
                                .formatted(queues, active));
                monitor.advance(duration.plus(INTERVAL));
            }
        }
    }

    @Property
    @Verifies("O-6")
    @Needs(clock = true)
    default void everyEpisodeFiresOnceAndIsResolvedOnce(
            @ForAll(supplier = MonitorWorkloads.Alerts.class) AlertWorkload workload) {
        AlertDriver.judge(this, "O-6", workload, new OncePerEpisode().and(new CallbacksTold()));
    }
}
