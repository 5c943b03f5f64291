package org.brokertck.tck.resilience.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.brokertck.api.CircuitOpenException;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.api.resilience.CircuitBreaker;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.run.RuleViolation;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.Probe;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.time.TckTimeouts;
import org.brokertck.tck.workload.resilience.CallEnding;

/** A fresh circuit breaker in the hands of a rule test, which tells its story so far with every finding. */
final class BreakerUnderTest {
    private static final int TOLD = 12;

    private final CircuitBreaker breaker;
    private final CircuitBreakerConfig config;
    private final Probe probe;
    private final TckTimeouts timeouts;
    private final List<String> story = new ArrayList<>();

    private BreakerUnderTest(CircuitBreaker breaker, CircuitBreakerConfig config, Probe probe, TckTimeouts timeouts) {
        this.breaker = breaker;
        this.config = config;
        this.probe = probe;
        this.timeouts = timeouts;
    }

    /** A breaker of the target under test, with a fresh name. */
    static BreakerUnderTest open(BreakerRules tests, String ruleId, CircuitBreakerConfig config) {
        return open(tests, tests.target(), ruleId, Names.fresh(ruleId), config);
    }

    /** A breaker of that target under that name. */
    static BreakerUnderTest open(
            BreakerRules tests, ConformanceTarget target, String ruleId, String name, CircuitBreakerConfig config) {
        Probe probe = new Probe(SpecCatalogue.shipped().rule(ruleId));
        TckTimeouts timeouts = tests.timeouts();
        CircuitBreaker breaker = probe.call(
                "openCircuitBreaker " + name, timeouts.await(), () -> target.openCircuitBreaker(name, config));
        return new BreakerUnderTest(breaker, config, probe, timeouts);
    }

    CircuitBreaker unrecorded() {
        return breaker;
    }

    CircuitBreakerConfig config() {
        return config;
    }

    TckTimeouts timeouts() {
        return timeouts;
    }

    /** Adds a line to the story. */
    void tell(String event) {
        story.add(event);
    }

    /** A call, which the breaker must let through; it is held inside. */
    ScriptedCall begin() {
        ScriptedCall call = tryBegin();
        require(
                call.letThrough(),
                "a call was not let through where it is due: it ended with %s".formatted(call.ending()));
        return call;
    }

    /** A call, which the breaker may let through or not. */
    ScriptedCall tryBegin() {
        tell("a call begins");
        ScriptedCall call = new ScriptedCall(breaker, timeouts.await());
        probe.call("the breaker's decision on a call", timeouts.await().multipliedBy(3), call::letThrough);
        return call;
    }

    /** Ends a call that was let through; what it did must come out as it is. */
    void end(ScriptedCall call, CallEnding ending) {
        tell("a call " + ending);
        probe.run("a call that " + ending, timeouts.await().multipliedBy(2), () -> call.end(ending));
        call.strayEnding().ifPresent(it -> {
            throw violation(it);
        });
    }

    /** A whole call, which the breaker must let through. */
    void call(CallEnding ending) {
        end(begin(), ending);
    }

    /** So many whole calls. */
    void calls(int count, CallEnding ending) {
        for (int i = 0; i < count; i++) {
            call(ending);
        }
    }

    /** A call that the breaker must refuse, without starting the action. */
    CircuitOpenException refused() {
        return refusalOf(tryBegin());
    }

    /** The refusal of a call, which must not have been let through. */
    CircuitOpenException refusalOf(ScriptedCall call) {
        if (call.letThrough()) {
            RuleViolation violation = violation("a call was let through where the breaker is to refuse it");
            call.end(CallEnding.RETURNS);
            throw violation;
        }
        probe.run("a refused call", timeouts.await(), call::awaitRefusal);
        CircuitOpenException refusal = call.refusal()
                .orElseThrow(() -> violation("a call that was not let through ended with %s where %s is due"
                        .formatted(call.ending(), CircuitOpenException.class.getSimpleName())));
        require(
                String.valueOf(refusal.getMessage()).contains(breaker.name()),
                "the refusal does not name the breaker '%s': %s".formatted(breaker.name(), refusal.getMessage()));
        return refusal;
    }

    /** The breaker must be in that state. */
    void requireState(BreakerState due) {
        BreakerState state = query("state", breaker::state);
        require(state == due, "state() is %s where %s is due".formatted(state, due));
    }

    /** The figures must be these. */
    void requireMetrics(BreakerMetrics due) {
        BreakerMetrics metrics = query("metrics", breaker::metrics);
        require(metrics.equals(due), "the metrics are %s where %s are due".formatted(metrics, due));
    }

    BreakerMetrics metrics() {
        return query("metrics", breaker::metrics);
    }

    /** By the wall clock: waits until the breaker says that it is half open. */
    void awaitHalfOpen() {
        BreakerState state = Polling.until(timeouts.await(), breaker::state, it -> it == BreakerState.HALF_OPEN);
        tell("the open duration passes");
        require(
                state == BreakerState.HALF_OPEN,
                "state() is still %s long after the open duration of %s".formatted(state, config.openDuration()));
    }

    <T> T query(String what, Supplier<T> call) {
        return probe.call(what, timeouts.await(), call);
    }

    void run(String what, Duration limit, Runnable call) {
        probe.run(what, limit, call);
    }

    <X extends RuntimeException> X refusedCall(Class<X> expected, String what, Runnable call) {
        return probe.refused(expected, what, timeouts.await(), call);
    }

    void require(boolean holds, String finding) {
        if (!holds) {
            throw violation(finding);
        }
    }

    /** A finding with the settings and the story so far. */
    RuleViolation violation(String finding) {
        int skipped = Math.max(0, story.size() - TOLD);
        String told = String.join("; ", story.subList(skipped, story.size()));
        return probe.violation("%s (failureThreshold %d, probes %d, openDuration %s; so far: %s%s)"
                .formatted(
                        finding,
                        config.failureThreshold(),
                        config.probes(),
                        config.openDuration(),
                        skipped > 0 ? skipped + " steps; " : "",
                        told));
    }
}
