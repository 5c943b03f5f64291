package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.MetricsSnapshot;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.ManualClock;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.monitoring.Exposition;
import org.brokertck.tck.history.monitoring.ExpositionParser;
import org.brokertck.tck.history.monitoring.MalformedExpositionException;
import org.brokertck.tck.run.Inconclusive;
import org.brokertck.tck.run.RuleViolation;
import org.brokertck.tck.scenario.Judge;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.Probe;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.TckTimeouts;
import org.jspecify.annotations.Nullable;

/** A fresh monitor in the hands of a rule test: every call must return in time, and a finding fails the test with the rule's sentence. */
final class MonitorUnderTest implements AutoCloseable {
    private final Probe probe;
    private final TckTimeouts timeouts;
    private final QueueMonitor monitor;
    private final @Nullable ManualClock clock;
    private boolean closed;

    private MonitorUnderTest(Probe probe, TckTimeouts timeouts, QueueMonitor monitor, @Nullable ManualClock clock) {
        this.probe = probe;
        this.timeouts = timeouts;
        this.monitor = monitor;
        this.clock = clock;
    }

    /** Opens a monitor with the tests' usual settings on the system's time. */
    static MonitorUnderTest open(MonitorRules tests, String ruleId) {
        return open(tests, ruleId, tests.config().build());
    }

    /** Opens a monitor on the system's time. */
    static MonitorUnderTest open(MonitorRules tests, String ruleId, MonitorConfig config) {
        return open(tests, tests.target(), null, ruleId, config);
    }

    /** Opens a monitor on a manual clock. */
    static MonitorUnderTest onClock(MonitorRules tests, String ruleId) {
        return onClock(tests, ruleId, tests.config().build());
    }

    /** Opens a monitor on a manual clock. */
    static MonitorUnderTest onClock(MonitorRules tests, String ruleId, MonitorConfig config) {
        VirtualTime time = tests.target().virtualTime().orElseThrow();
        return open(tests, time.target(), time.clock(), ruleId, config);
    }

    private static MonitorUnderTest open(
            MonitorRules tests,
            ConformanceTarget target,
            @Nullable ManualClock clock,
            String ruleId,
            MonitorConfig config) {
        TckTimeouts timeouts = tests.timeouts();
        String name = Names.fresh(ruleId);
        QueueMonitor monitor =
                Bounded.call(timeouts.recovery(), "openMonitor " + name, () -> target.openMonitor(name, config));
        return new MonitorUnderTest(new Probe(SpecCatalogue.shipped().rule(ruleId)), timeouts, monitor, clock);
    }

    /** The monitor itself, for calls that are bounded elsewhere or whose failure is the test's subject. */
    QueueMonitor unguarded() {
        return monitor;
    }

    TckTimeouts timeouts() {
        return timeouts;
    }

    /** Records in one go; what is thrown or hangs breaks the rule. */
    void record(Consumer<QueueMonitor> recording) {
        run("recording", () -> recording.accept(monitor));
    }

    /** Records a depth. */
    void depth(String queue, long depth) {
        record(it -> it.recordQueueDepth(queue, depth));
    }

    void setUp(AlertRule... rules) {
        setUp(List.of(rules));
    }

    void setUp(List<AlertRule> rules) {
        run("setupAlerts", () -> monitor.setupAlerts(rules));
    }

    MetricsSnapshot snapshot() {
        return call("snapshot", monitor::snapshot);
    }

    List<Alert> alerts() {
        return call("alerts", monitor::alerts);
    }

    List<Alert> history() {
        return call("history", monitor::history);
    }

    /** The metrics, read by the kit's own parser; what it cannot read breaks the rule. */
    Exposition scrape() {
        return read(call("scrape", monitor::scrape));
    }

    /** Reads metrics. */
    Exposition read(String text) {
        try {
            return ExpositionParser.parse(text);
        } catch (MalformedExpositionException e) {
            throw violation(e.finding());
        }
    }

    /** The time of the manual clock. */
    Instant now() {
        return clock().now();
    }

    /** Lets time pass on the manual clock. */
    void advance(Duration duration) {
        run("advance of the clock by " + duration, timeouts.await().multipliedBy(3), () -> clock().advance(duration));
    }

    ManualClock clock() {
        ManualClock manual = clock;
        if (manual == null) {
            throw new IllegalStateException("This monitor lives on the system's time");
        }
        return manual;
    }

    <T> T call(String what, Supplier<T> call) {
        return probe.call(what, timeouts.await(), call);
    }

    void run(String what, Runnable call) {
        run(what, timeouts.await(), call);
    }

    void run(String what, Duration limit, Runnable call) {
        probe.run(what, limit, call);
    }

    /** Makes a call that must throw this; anything else breaks the rule. */
    <X extends RuntimeException> X refused(Class<X> expected, String what, Runnable call) {
        return probe.refused(expected, what, timeouts.await(), call);
    }

    /** Waits until what the monitor says is as it must be; the finding tells the last saying when it never is. */
    <T> T awaitThat(String what, Function<QueueMonitor, T> reading, Predicate<T> wanted) {
        T last = Polling.until(timeouts.await(), () -> call("reading", () -> reading.apply(monitor)), wanted);
        require(wanted.test(last), "%s did not come true within %s: %s".formatted(what, timeouts.await(), last));
        return last;
    }

    /** Waits for something that must happen. */
    void await(String what, BooleanSupplier condition) {
        boolean happened = Polling.until(timeouts.await(), condition::getAsBoolean, it -> it);
        require(happened, what + " did not happen within " + timeouts.await());
    }

    /** Nothing more may happen: waits the quiet period, and tells whether the condition still holds. */
    boolean stays(BooleanSupplier condition) {
        return Polling.until(timeouts.quiet(), condition::getAsBoolean, it -> !it);
    }

    /** Fails the test when the check finds the rule broken, or cannot tell. */
    <H> void judge(Check<H> check, H history) {
        Judge.require(probe.rule(), check.judge(history));
    }

    void require(boolean holds, String finding, Moment... witnesses) {
        probe.require(holds, finding, witnesses);
    }

    RuleViolation violation(String finding) {
        return probe.violation(finding);
    }

    /** Closes the monitor now, as part of the test. */
    void closeNow() {
        closed = true;
        probe.run("close", timeouts.await().plus(timeouts.tolerance()), monitor::close);
    }

    /** Cleans up. A monitor that cannot be closed leaves the test without a verdict, since close is not its subject. */
    @Override
    public void close() {
        try {
            if (!closed) {
                closed = true;
                Bounded.run(timeouts.await().plus(timeouts.tolerance()), "close", monitor::close);
            }
        } catch (RuntimeException | Error e) {
            throw new Inconclusive(probe.rule(), "the monitor could not be closed after the test: " + e);
        }
    }
}
