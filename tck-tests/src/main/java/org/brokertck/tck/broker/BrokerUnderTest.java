package org.brokertck.tck.broker;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.brokertck.api.BrokerException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.broker.BrokerHistory;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.run.Inconclusive;
import org.brokertck.tck.scenario.Judge;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.Probe;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.BoundedThread;
import org.brokertck.tck.time.TckTimeouts;

/**
 * A fresh message broker in the hands of a rule test: every call is recorded and must return in time, all that the test itself
 * produces comes from one thread, and a finding fails the test with the rule's own sentence.
 */
final class BrokerUnderTest implements AutoCloseable {
    /** The producer that the test itself is. */
    static final String MAIN = "main";

    private final ConformanceTarget target;
    private final Probe probe;
    private final TckTimeouts timeouts;
    private final String name;
    private final MessageBroker broker;
    private final RecordedTopics topics;
    private final BoundedThread producer = new BoundedThread("producer");
    private boolean closed;

    private BrokerUnderTest(
            ConformanceTarget target, Probe probe, TckTimeouts timeouts, String name, MessageBroker broker) {
        this.target = target;
        this.probe = probe;
        this.timeouts = timeouts;
        this.name = name;
        this.broker = broker;
        this.topics = new RecordedTopics(broker::produce, broker::subscribe);
    }

    /** Opens a broker with the tests' usual settings. */
    static BrokerUnderTest open(BrokerRules tests, String ruleId) {
        return open(tests, ruleId, tests.config().build());
    }

    /** Opens a broker under a fresh name. */
    static BrokerUnderTest open(BrokerRules tests, String ruleId, BrokerConfig config) {
        return open(tests, ruleId, Names.fresh(ruleId), config);
    }

    /** Opens a broker under that name. */
    static BrokerUnderTest open(BrokerRules tests, String ruleId, String name, BrokerConfig config) {
        ConformanceTarget target = tests.target();
        TckTimeouts timeouts = tests.timeouts();
        MessageBroker broker =
                Bounded.call(timeouts.recovery(), "openBroker " + name, () -> target.openBroker(name, config));
        return new BrokerUnderTest(target, new Probe(SpecCatalogue.shipped().rule(ruleId)), timeouts, name, broker);
    }

    String name() {
        return name;
    }

    TckTimeouts timeouts() {
        return timeouts;
    }

    /** The broker itself, for calls whose failure is the test's subject. */
    MessageBroker unrecorded() {
        return broker;
    }

    RecordedTopics recorded() {
        return topics;
    }

    RecordedTopics.Heard subscribe(String topic) {
        return subscribe(topic, message -> {});
    }

    RecordedTopics.Heard subscribe(String topic, MessageHandler handler) {
        return call("subscribe to '" + topic + "'", () -> topics.subscribe(topic, handler));
    }

    /** Produces; a message that is refused breaks the rule. */
    void produce(String topic, Message message) {
        produceAll(topic, List.of(message));
    }

    /** Produces in order, from the one thread that the test produces on. */
    void produceAll(String topic, List<Message> messages) {
        String what = "produce of " + messages.size() + " messages to '" + topic + "'";
        probe.guarded(
                what,
                () -> producer.call(timeouts.await().multipliedBy(3), what, () -> {
                    messages.forEach(it -> topics.produce(MAIN, topic, it));
                    return true;
                }));
    }

    /** As {@link #produce}, for a call that a fault may refuse: false when it did. */
    boolean tryProduce(String topic, Message message) {
        try {
            producer.call(timeouts.recovery(), "produce under faults", () -> {
                topics.produce(MAIN, topic, message);
                return true;
            });
            return true;
        } catch (BrokerException refusal) {
            return false;
        }
    }

    HealthStatus health() {
        return call("health", broker::health);
    }

    void close(RecordedTopics.Heard subscription) {
        run("close of " + subscription.name(), subscription::close);
    }

    <T> T call(String what, Supplier<T> call) {
        return probe.call(what, timeouts.await(), call);
    }

    void run(String what, Runnable call) {
        probe.run(what, timeouts.await(), call);
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

    /** Nothing may happen: waits the quiet period, and tells whether the condition still holds. */
    boolean stays(BooleanSupplier condition) {
        return !happensWithin(timeouts.quiet(), () -> !condition.getAsBoolean());
    }

    /** Waits until a living subscriber has handled so many. */
    void awaitHandled(RecordedTopics.Heard subscription, int messages) {
        await(
                subscription.name() + " receiving " + messages + " messages",
                () -> history().handledBy(subscription.name()).size() >= messages);
    }

    /** What happened so far. */
    BrokerHistory history() {
        return topics.history();
    }

    /** Waits until everything due was handled, or for as long as something that must happen may take. */
    void settle() {
        settle(timeouts.await());
    }

    /** As {@link #settle()}, with another limit. */
    void settle(Duration limit) {
        happensWithin(limit, () -> {
            BrokerHistory now = history();
            return new NothingLost().judge(now) instanceof Verdict.Valid
                    && now.handlings().stream().noneMatch(it -> it.ended() == Long.MAX_VALUE);
        });
    }

    /** Fails the test when the check finds the rule broken, or cannot tell. */
    void judge(Check<BrokerHistory> check) {
        Judge.require(probe.rule(), check.judge(history()));
    }

    /** Settles, then judges. */
    void judgeSettled(Check<BrokerHistory> check) {
        settle();
        judge(check);
    }

    void require(boolean holds, String finding, Moment... witnesses) {
        probe.require(holds, finding, witnesses);
    }

    Inconclusive inconclusive(String reason) {
        return new Inconclusive(probe.rule(), reason);
    }

    /** Closes the broker now, as part of the test. */
    void closeNow() {
        closed = true;
        topics.closing();
        probe.run("close", timeouts.await().plus(timeouts.tolerance()), broker::close);
        topics.closed();
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
            producer.close();
            remove();
        }
    }

    private void remove() {
        try {
            Bounded.run(timeouts.await(), "removeBroker", () -> target.removeBroker(name));
        } catch (BrokerException | Bounded.StuckException e) {
            // What stays behind on a server that a fault keeps out of reach is no verdict on the rule.
        }
    }
}
