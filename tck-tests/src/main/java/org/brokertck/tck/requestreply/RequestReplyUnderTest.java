package org.brokertck.tck.requestreply;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.brokertck.api.BrokerException;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.requestreply.RequestReplyMetrics;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.requestreply.EndedInTime;
import org.brokertck.tck.check.requestreply.EndedRight;
import org.brokertck.tck.check.requestreply.HandledOnce;
import org.brokertck.tck.check.requestreply.OwnReplies;
import org.brokertck.tck.check.requestreply.RequestsAsSent;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.requestreply.RecordedRequestReply;
import org.brokertck.tck.history.requestreply.RequestJournal;
import org.brokertck.tck.history.requestreply.RequestReplyHistory;
import org.brokertck.tck.run.Inconclusive;
import org.brokertck.tck.run.RuleViolation;
import org.brokertck.tck.scenario.Judge;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.Probe;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.time.TckTimeouts;

/**
 * A fresh instance in the hands of a rule test: every request is recorded and must end in time, and a finding fails the test with the
 * rule's own sentence.
 */
final class RequestReplyUnderTest implements AutoCloseable {
    /** The requester that the test itself is. */
    static final String MAIN = "main";

    private final ConformanceTarget target;
    private final Probe probe;
    private final TckTimeouts timeouts;
    private final String name;
    private final RecordedRequestReply instance;
    private boolean closed;

    private RequestReplyUnderTest(
            ConformanceTarget target, Probe probe, TckTimeouts timeouts, String name, RecordedRequestReply instance) {
        this.target = target;
        this.probe = probe;
        this.timeouts = timeouts;
        this.name = name;
        this.instance = instance;
    }

    /** Opens an instance with the tests' usual settings. */
    static RequestReplyUnderTest open(RequestReplyRules tests, String ruleId) {
        return open(tests, ruleId, tests.config().build());
    }

    /** Opens an instance under a fresh name. */
    static RequestReplyUnderTest open(RequestReplyRules tests, String ruleId, RequestReplyConfig config) {
        return open(tests, tests.target(), ruleId, Names.fresh(ruleId), config, new RequestJournal());
    }

    /** Opens an instance of that target under a fresh name. */
    static RequestReplyUnderTest open(RequestReplyRules tests, ConformanceTarget target, String ruleId) {
        return open(tests, target, ruleId, Names.fresh(ruleId), tests.config().build(), new RequestJournal());
    }

    /** Opens an instance of that target under that name, whose calls go into that journal. */
    static RequestReplyUnderTest open(
            RequestReplyRules tests,
            ConformanceTarget target,
            String ruleId,
            String name,
            RequestReplyConfig config,
            RequestJournal journal) {
        TckTimeouts timeouts = tests.timeouts();
        RequestReply instance = Bounded.call(
                timeouts.recovery(), "openRequestReply " + name, () -> target.openRequestReply(name, config));
        Probe probe = new Probe(SpecCatalogue.shipped().rule(ruleId));
        return new RequestReplyUnderTest(target, probe, timeouts, name, new RecordedRequestReply(instance, journal));
    }

    String name() {
        return name;
    }

    /** The instance itself, for calls whose failure is the test's subject. */
    RequestReply unrecorded() {
        return instance.unrecorded();
    }

    RecordedRequestReply recorded() {
        return instance;
    }

    /** A timeout that no request of a working instance uses up. */
    Duration patience() {
        return timeouts.await();
    }

    /** A timeout that is meant to run out by the wall clock. */
    Duration brief() {
        return timeouts.quiet().multipliedBy(2);
    }

    Responder respond(String topic, RequestHandler handler) {
        return call("respond to '" + topic + "'", () -> instance.respond(topic, handler));
    }

    /** Asks; no reply in time breaks the rule. */
    Message request(String topic, Message request) {
        return call(
                "request " + request.id() + " to '" + topic + "'",
                bound(patience()),
                () -> instance.request(MAIN, topic, request, patience()));
    }

    /** Asks on a thread of its own. */
    Running<Message> start(String requester, String topic, Message request, Duration timeout) {
        return Bounded.start("request " + request.id(), () -> instance.request(requester, topic, request, timeout));
    }

    /** Asks without waiting. */
    CompletableFuture<Message> requestAsync(String topic, Message request, Duration timeout) {
        return call(
                "requestAsync " + request.id() + " to '" + topic + "'",
                () -> instance.requestAsync(MAIN, topic, request, timeout));
    }

    /** The reply that a request on its own thread ends with; anything else breaks the rule. */
    Message reply(String what, Running<Message> request) {
        return call(what, bound(patience()).multipliedBy(2), () -> request.await(bound(patience())));
    }

    /** The reply that a future ends with; anything else breaks the rule. */
    Message reply(String what, CompletableFuture<Message> future) {
        return call(what, bound(patience()).multipliedBy(2), () -> ended(what, future));
    }

    private Message ended(String what, CompletableFuture<Message> future) {
        try {
            return future.get(bound(patience()).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw violation(what + ": its future has not ended after " + bound(patience()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The kit was interrupted while it waited for " + what, e);
        }
    }

    /** Asks, and must be told this within the timeout; anything else breaks the rule. */
    <X extends RuntimeException> X failed(Class<X> expected, String topic, Message request, Duration timeout) {
        return failed(
                expected,
                "request " + request.id() + " to '" + topic + "'",
                timeout,
                () -> instance.request(MAIN, topic, request, timeout));
    }

    /** A call that must throw this, within this time. */
    <X extends RuntimeException> X failed(Class<X> expected, String what, Duration limit, Runnable call) {
        return probe.refused(expected, what, bound(limit), call);
    }

    /** The failure that a future must end with. */
    <X extends RuntimeException> X failed(Class<X> expected, String what, CompletableFuture<Message> future) {
        return probe.refused(expected, what, bound(patience()).multipliedBy(2), () -> ended(what, future));
    }

    private Duration bound(Duration timeout) {
        return timeout.plus(timeouts.tolerance()).plus(timeouts.tolerance());
    }

    <T> T call(String what, Supplier<T> call) {
        return call(what, timeouts.await(), call);
    }

    <T> T call(String what, Duration limit, Supplier<T> call) {
        return probe.call(what, limit, call);
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

    RequestReplyMetrics metrics() {
        return call("metrics", instance.unrecorded()::metrics);
    }

    /** Waits until the metrics show this; the finding tells the last ones when they do not. */
    void awaitMetrics(String what, Predicate<RequestReplyMetrics> expected) {
        RequestReplyMetrics last = Polling.until(timeouts.await(), this::metrics, expected);
        require(expected.test(last), what + ", but the metrics stayed at " + last);
    }

    /** Waits for something that must happen. */
    void await(String what, BooleanSupplier condition) {
        require(happensWithin(timeouts.await(), condition), what + " did not happen within " + timeouts.await());
    }

    /** Waits for something; false when it does not come in time. */
    boolean happensWithin(Duration limit, BooleanSupplier condition) {
        return Polling.until(limit, condition::getAsBoolean, it -> it);
    }

    /** Nothing more may happen: waits the quiet period, and tells whether the condition still holds. */
    boolean stays(BooleanSupplier condition) {
        return !happensWithin(timeouts.quiet(), () -> !condition.getAsBoolean());
    }

    /** How many calls of handlers have begun. */
    int handled() {
        return instance.journal().handled();
    }

    /** What happened so far. */
    RequestReplyHistory history() {
        return instance.journal().history();
    }

    /** All that holds without faults. */
    Check<RequestReplyHistory> faultless() {
        return new OwnReplies()
                .and(new RequestsAsSent())
                .and(new HandledOnce())
                .and(new EndedRight(timeouts.tolerance()))
                .and(new EndedInTime(timeouts.tolerance()));
    }

    /** Fails the test when the check finds the rule broken, or cannot tell. */
    void judge(Check<RequestReplyHistory> check) {
        Judge.require(probe.rule(), check.judge(history()));
    }

    void require(boolean holds, String finding, Moment... witnesses) {
        probe.require(holds, finding, witnesses);
    }

    RuleViolation violation(String finding, Moment... witnesses) {
        return probe.violation(finding, witnesses);
    }

    Inconclusive inconclusive(String reason) {
        return new Inconclusive(probe.rule(), reason);
    }

    /** Closes the instance now, as part of the test. */
    void closeNow() {
        closed = true;
        probe.run("close", bound(timeouts.await()), instance.unrecorded()::close);
    }

    /** Cleans up. An instance that cannot be closed leaves the test without a verdict, since close is not its subject. */
    @Override
    public void close() {
        try {
            if (!closed) {
                closed = true;
                Bounded.run(bound(timeouts.await()), "close", instance.unrecorded()::close);
            }
        } catch (RuntimeException | Error e) {
            throw inconclusive("the instance could not be closed after the test: " + e);
        } finally {
            remove();
        }
    }

    private void remove() {
        try {
            Bounded.run(timeouts.await(), "removeRequestReply", () -> target.removeRequestReply(name));
        } catch (BrokerException | Bounded.StuckException e) {
            // What stays behind on a server that a fault keeps out of reach is no verdict on the rule.
        }
    }
}
