package org.brokertck.tck.pubsub;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.brokertck.api.BrokerException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.history.pubsub.RecordedPubSub;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.run.Inconclusive;
import org.brokertck.tck.run.RuleViolation;
import org.brokertck.tck.scenario.Judge;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.Probe;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.BoundedThread;
import org.brokertck.tck.time.TckTimeouts;

/**
 * A fresh broker in the hands of a rule test: every call is recorded and must return in time, all that the test itself publishes
 * comes from one thread, and a finding fails the test with the rule's own sentence.
 */
final class PubSubUnderTest implements AutoCloseable {
    /** The publisher that the test itself is. */
    static final String MAIN = "main";

    private final ConformanceTarget target;
    private final Probe probe;
    private final TckTimeouts timeouts;
    private final String name;
    private final RecordedPubSub broker;
    private final BoundedThread publisher = new BoundedThread("publisher");
    private boolean closed;

    private PubSubUnderTest(
            ConformanceTarget target, Probe probe, TckTimeouts timeouts, String name, RecordedPubSub broker) {
        this.target = target;
        this.probe = probe;
        this.timeouts = timeouts;
        this.name = name;
        this.broker = broker;
    }

    /** Opens a broker with the tests' usual settings. */
    static PubSubUnderTest open(PubSubRules tests, String ruleId) {
        return open(tests, ruleId, tests.config().build());
    }

    /** Opens a broker under a fresh name. */
    static PubSubUnderTest open(PubSubRules tests, String ruleId, PubSubConfig config) {
        return open(tests, tests.target(), ruleId, Names.fresh(ruleId), config);
    }

    /** Opens a broker of that target under that name. */
    static PubSubUnderTest open(
            PubSubRules tests, ConformanceTarget target, String ruleId, String name, PubSubConfig config) {
        TckTimeouts timeouts = tests.timeouts();
        PubSubBroker broker =
                Bounded.call(timeouts.recovery(), "openPubSub " + name, () -> target.openPubSub(name, config));
        Probe probe = new Probe(SpecCatalogue.shipped().rule(ruleId));
        return new PubSubUnderTest(target, probe, timeouts, name, new RecordedPubSub(broker, config));
    }

    String name() {
        return name;
    }

    TckTimeouts timeouts() {
        return timeouts;
    }

    /** The broker itself, for calls whose failure is the test's subject. */
    PubSubBroker unrecorded() {
        return broker.unrecorded();
    }

    RecordedPubSub recorded() {
        return broker;
    }

    RecordedSubscription subscribe(String topic) {
        return call("subscribe to '" + topic + "'", () -> broker.subscribe(topic));
    }

    RecordedSubscription subscribeWithPattern(String pattern) {
        return call("subscribe to '" + pattern + "'", () -> broker.subscribeWithPattern(pattern));
    }

    /** Publishes; a message that is refused breaks the rule. */
    void publish(String topic, Message message) {
        publishAll(topic, List.of(message));
    }

    /** Publishes in order, from the one thread that the test publishes on. */
    void publishAll(String topic, List<Message> messages) {
        onPublisher(
                "publish of " + messages.size() + " messages to '" + topic + "'",
                () -> messages.forEach(it -> broker.publish(MAIN, topic, it)));
    }

    /** Makes calls on the thread that the test publishes on, where a call may well wait for as long as anything may take. */
    void onPublisher(String what, Runnable calls) {
        probe.guarded(
                what,
                () -> publisher.call(timeouts.await().multipliedBy(3), what, () -> {
                    calls.run();
                    return true;
                }));
    }

    /** As {@link #onPublisher}, for calls that a fault may refuse: what they throw is thrown on. */
    void onPublisherTolerant(Runnable calls) {
        publisher.call(timeouts.recovery(), "publish under faults", () -> {
            calls.run();
            return true;
        });
    }

    void unsubscribe(String text) {
        run("unsubscribe of '" + text + "'", () -> broker.unsubscribe(text));
    }

    void close(RecordedSubscription subscription) {
        run("close of " + subscription.name(), subscription::close);
    }

    PubSubMetrics metrics() {
        return call("metrics", broker::metrics);
    }

    /** The next message; that none comes in time breaks the rule. */
    Message next(RecordedSubscription subscription) {
        Optional<Message> message =
                call("poll", timeouts.await().multipliedBy(2), () -> subscription.poll(timeouts.await()));
        require(
                message.isPresent(),
                "%s to '%s' received nothing within %s"
                        .formatted(subscription.name(), subscription.pattern(), timeouts.await()));
        return message.orElseThrow();
    }

    /** What is buffered now, without waiting for more. */
    Optional<Message> pollNow(RecordedSubscription subscription) {
        return call("poll without a wait", () -> subscription.poll(Duration.ZERO));
    }

    /** The subscription must say in time that it ended for this reason. */
    void requireEnded(RecordedSubscription subscription, EndReason reason) {
        Optional<EndReason> told = Polling.until(timeouts.await(), subscription::endReason, Optional::isPresent);
        require(
                told.equals(Optional.of(reason)),
                "%s to '%s' gives %s as the reason of its end, where %s is due"
                        .formatted(
                                subscription.name(),
                                subscription.pattern(),
                                told.map(Object::toString).orElse("none"),
                                reason));
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

    /** Waits for something that must happen. */
    void await(String what, BooleanSupplier condition) {
        require(happensWithin(timeouts.await(), condition), what + " did not happen within " + timeouts.await());
    }

    /** Waits for something; false when it does not come in time. */
    boolean happensWithin(Duration limit, BooleanSupplier condition) {
        return Polling.until(limit, condition::getAsBoolean, it -> it);
    }

    /** Waits until a subscription says that it dropped so many, which must happen and not be passed. */
    void awaitDropped(RecordedSubscription subscription, long dropped) {
        long last = Polling.until(timeouts.await(), subscription::dropped, it -> it >= dropped);
        require(
                last == dropped,
                "%s to '%s' says that it dropped %d, where %d are due"
                        .formatted(subscription.name(), subscription.pattern(), last, dropped));
    }

    /** Waits until the metrics show this; the finding tells the last ones when they do not. */
    void awaitMetrics(String what, Predicate<PubSubMetrics> expected) {
        PubSubMetrics last = Polling.until(timeouts.await(), this::metrics, expected);
        require(expected.test(last), what + ", but the metrics stayed at " + last);
    }

    /** Nothing more may happen: waits the quiet period, and tells whether the condition still holds. */
    boolean stays(BooleanSupplier condition) {
        return !happensWithin(timeouts.quiet(), () -> !condition.getAsBoolean());
    }

    /** Takes all that comes, by living and ended subscriptions, until a sentinel or their end shows that nothing more does. */
    void drain() {
        Drain.all(this);
    }

    /** What happened so far. */
    PubSubHistory history() {
        return broker.history();
    }

    /** Fails the test when the check finds the rule broken, or cannot tell. */
    void judge(Check<PubSubHistory> check) {
        Judge.require(probe.rule(), check.judge(history()));
    }

    /** Drains all subscriptions, then judges; a sentinel that is lost and shows nothing wrong tells nothing. */
    void judgeDrained(Check<PubSubHistory> check) {
        drain();
        PubSubHistory history = history();
        Judge.require(probe.rule(), check.judge(history));
        requireDrained(history);
    }

    private void requireDrained(PubSubHistory history) {
        history.subscriptions().stream().filter(it -> !it.drained()).findFirst().ifPresent(it -> {
            throw new Inconclusive(
                    probe.rule(), it.title() + " did not receive the last message, which is the subject of P-1");
        });
    }

    /** As {@link #judgeDrained}, where the test has drained already. */
    void judgeAsDrained(Check<PubSubHistory> check) {
        PubSubHistory history = history();
        Judge.require(probe.rule(), check.judge(history));
        requireDrained(history);
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

    /** Closes the broker now, as part of the test. */
    void closeNow() {
        closed = true;
        probe.run("close", timeouts.await().plus(timeouts.tolerance()), broker::close);
    }

    /** Cleans up. A broker that cannot be closed leaves the test without a verdict, since close is not its subject. */
    @Override
    public void close() {
        try {
            if (!closed) {
                closed = true;
                Bounded.run(timeouts.await().plus(timeouts.tolerance()), "close", broker::close);
            }
        } catch (RuntimeException | Error e) {
            throw inconclusive("the broker could not be closed after the test: " + e);
        } finally {
            publisher.close();
            remove();
        }
    }

    private void remove() {
        try {
            Bounded.run(timeouts.await(), "removePubSub", () -> target.removePubSub(name));
        } catch (BrokerException | Bounded.StuckException e) {
            // What stays behind on a server that a fault keeps out of reach is no verdict on the rule.
        }
    }
}
