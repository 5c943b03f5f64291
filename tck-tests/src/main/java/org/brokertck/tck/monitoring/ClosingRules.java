package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.ClosedException;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.api.monitoring.MetricsSnapshot;
import org.brokertck.api.monitoring.MonitorPaths;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.tck.history.monitoring.Exposition;
import org.brokertck.tck.history.monitoring.Family;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.scenario.ThreadCensus;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** A closed monitor records nothing, still tells what it knew, and leaves nothing running. */
public interface ClosingRules extends MonitorRules {
    @Test
    @Verifies("G-2")
    default void theClosedMonitorRefusesEveryRecording() {
        closeAndTry(List.of(Operation.values()).size(), 0);
    }

    @Property
    @Verifies("G-2")
    default void theClosedMonitorChangesNoMore(
            @ForAll @IntRange(min = 1, max = 10) int tries, @ForAll @IntRange(max = 6) int first) {
        closeAndTry(tries, first);
    }

    private void closeAndTry(int tries, int first) {
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "G-2", hasty().build())) {
            monitor.setUp(AlertRulesFor.depth("deep", Duration.ZERO).build());
            monitor.record(it -> {
                it.recordProduced("orders", 10);
                it.recordConsumed("orders", Duration.ofMillis(7), Outcome.FAILURE);
            });
            monitor.depth("orders", 150);
            monitor.awaitThat("the alert", it -> it.history().size(), it -> it == 1);
            MetricsSnapshot before = monitor.snapshot();
            List<Alert> alerts = monitor.alerts();
            List<Alert> history = monitor.history();
            monitor.closeNow();
            Operation[] operations = Operation.values();
            for (int i = 0; i < tries; i++) {
                Operation operation = operations[(first + i) % operations.length];
                monitor.refused(
                        ClosedException.class, operation + " after close", () -> operation.make(monitor.unguarded()));
            }
            requireSame(monitor, before, alerts, history);
        }
    }

    private static void requireSame(
            MonitorUnderTest monitor, MetricsSnapshot before, List<Alert> alerts, List<Alert> history) {
        MetricsSnapshot after = monitor.snapshot();
        monitor.require(
                after.totals().equals(before.totals())
                        && after.queueDepths().equals(before.queueDepths())
                        && after.errorRates().equals(before.errorRates())
                        && after.avgLatencies().equals(before.avgLatencies()),
                "the figures were %s before close and are %s after it".formatted(before, after));
        monitor.require(
                monitor.alerts().equals(alerts) && monitor.history().equals(history),
                "the alerts were %s and the history %s before close, and they are %s and %s after it"
                        .formatted(alerts, history, monitor.alerts(), monitor.history()));
        Exposition metrics = monitor.scrape();
        double produced = metrics.family(MetricNames.PRODUCED).map(Family::samples).orElse(List.of()).stream()
                .mapToDouble(it -> it.value())
                .sum();
        monitor.require(produced == 1, "after close the metrics count %s messages, where 1 is due".formatted(produced));
        boolean healthy =
                monitor.call("health", () -> monitor.unguarded().health().isHealthy());
        monitor.require(!healthy, "a closed monitor says that it is healthy");
    }

    /** As {@link org.brokertck.api.monitoring.QueueMonitor#close()} says, also when a callback was the first to close it. */
    @Test
    @Verifies("G-3")
    default void everyCloseWaitsForTheSameEnd() {
        for (boolean fromInside : List.of(false, true)) {
            closeAgain(fromInside);
        }
    }

    private void closeAgain(boolean fromInside) {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        try (MonitorUnderTest monitor = MonitorUnderTest.open(
                this, "G-3", hasty().callbackTimeout(timeouts().recovery()).build())) {
            try {
                monitor.setUp(AlertRulesFor.depth("deep", Duration.ZERO, alert -> {
                    if (fromInside) {
                        monitor.unguarded().close();
                    }
                    inside.incrementAndGet();
                    Hanging.behind(gate, timeouts().recovery());
                }));
                monitor.depth("orders", 150);
                monitor.await("the call of a callback", () -> inside.get() == 1);
                List<Running<Boolean>> closers = new ArrayList<>();
                for (int i = fromInside ? 1 : 0; i < 2; i++) {
                    closers.add(Bounded.startRun("close", monitor.unguarded()::close));
                }
                monitor.require(
                        monitor.stays(StillWaiting.in(closers)),
                        "a monitor was closed twice, the first time %s, and a close returned while a callback was being called and time was left"
                                .formatted(fromInside ? "by that callback" : "from outside as well"));
                gate.countDown();
                closers.forEach(it -> monitor.run(
                        "close",
                        timeouts().await().multipliedBy(2),
                        () -> it.await(timeouts().await())));
                monitor.closeNow();
            } finally {
                gate.countDown();
            }
        }
    }

    @Test
    @Verifies("G-3")
    default void theMonitorMayBeClosedAgainAndBySeveralAtOnce() {
        closeFrom(4, 0);
    }

    @Test
    @Verifies("G-3")
    default void theMonitorMayBeClosedFromInsideACallback() {
        closeFrom(0, 1);
    }

    @Property
    @Verifies("G-3")
    default void theMonitorMayBeClosedFromAnywhere(
            @ForAll @IntRange(min = 0, max = 4) int outside, @ForAll @IntRange(min = 0, max = 3) int inside) {
        closeFrom(outside, inside);
    }

    private void closeFrom(int outside, int inside) {
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "G-3", hasty().build())) {
            AtomicInteger closings = new AtomicInteger();
            List<AlertRule> rules = new ArrayList<>();
            for (int i = 0; i < inside; i++) {
                rules.add(AlertRulesFor.depth("closes-" + i, Duration.ZERO, alert -> {
                    monitor.unguarded().close();
                    closings.incrementAndGet();
                }));
            }
            monitor.setUp(rules);
            monitor.depth("orders", 150);
            List<Running<Boolean>> closers = new ArrayList<>();
            for (int i = 0; i < outside; i++) {
                closers.add(Bounded.startRun("close from outside", monitor.unguarded()::close));
            }
            for (Running<Boolean> closer : closers) {
                monitor.run(
                        "close by one of " + outside + " threads",
                        timeouts().await().multipliedBy(2),
                        () -> closer.await(timeouts().await()));
            }
            if (inside > 0 && outside == 0) {
                monitor.await("the return of close from inside a callback", () -> closings.get() > 0);
            }
            monitor.closeNow();
            monitor.closeNow();
            monitor.refused(
                    ClosedException.class, "PRODUCED after close", () -> Operation.PRODUCED.make(monitor.unguarded()));
        }
    }

    /** Its callback is interrupted when its time is up, and close waits no longer than that. */
    @Test
    @Verifies("G-3")
    default void closeIsNotHeldUpByACallbackThatHangs() {
        Listener listener = new Listener();
        Duration timeout = Duration.ofMillis(50);
        try (MonitorUnderTest monitor = MonitorUnderTest.open(
                this, "G-3", hasty().callbackTimeout(timeout).build())) {
            monitor.setUp(AlertRulesFor.depth("hangs", Duration.ZERO, alert -> {
                listener.fired(alert);
                Hanging.untilInterrupted(timeouts().await().multipliedBy(3));
            }));
            monitor.depth("orders", 150);
            monitor.await("the call of the callback", () -> listener.fired() == 1);
            monitor.closeNow();
        }
    }

    @Test
    @Verifies("G-10")
    default void theClosedMonitorLeavesNoThreadBehind() {
        closeAndCount(List.of("orders", "payments"));
    }

    @Property
    @Verifies("G-10")
    default void theMonitorClosedUnderWayLeavesNoThreadBehind(
            @ForAll @Size(max = 3) List<@AlphaChars @NotEmpty String> queues) {
        closeAndCount(queues);
    }

    private void closeAndCount(List<String> queues) {
        ThreadCensus census = ThreadCensus.take();
        Listener listener = new Listener();
        try (MonitorUnderTest monitor =
                MonitorUnderTest.open(this, "G-10", hasty().serveOnLoopback().build())) {
            monitor.setUp(AlertRulesFor.depth("deep", Duration.ZERO, listener));
            queues.forEach(it -> monitor.depth(it, 150));
            monitor.unguarded()
                    .endpoint()
                    .ifPresent(it ->
                            Reply.to("GET", it, MonitorPaths.METRICS, timeouts().await()));
            monitor.closeNow();
            List<Thread> left = Polling.until(timeouts().tolerance(), census::newcomers, List::isEmpty);
            monitor.require(
                    left.isEmpty(), "after close these threads are still alive: " + ThreadCensus.describe(left));
        }
    }
}
