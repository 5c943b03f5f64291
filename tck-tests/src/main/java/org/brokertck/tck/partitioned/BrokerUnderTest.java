package org.brokertck.tck.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.brokertck.api.BrokerException;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.PartitionedMetrics;
import org.brokertck.api.partitioned.Position;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordedBroker;
import org.brokertck.tck.history.partitioned.RecordedMember;
import org.brokertck.tck.run.Inconclusive;
import org.brokertck.tck.run.RuleViolation;
import org.brokertck.tck.scenario.Judge;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.Probe;
import org.brokertck.tck.spec.Rule;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.TckTimeouts;

/**
 * A fresh partitioned broker with one topic in the hands of a rule test: every call is recorded and must return in time, and a finding
 * fails the test with the rule's own sentence.
 */
final class BrokerUnderTest implements AutoCloseable {
    /** The topic that is there from the start. */
    static final String TOPIC = "orders";

    /** The group of tests that need only one. */
    static final String GROUP = "billing";

    private static final int ALL = 100_000;

    private final ConformanceTarget target;
    private final Probe probe;
    private final TckTimeouts timeouts;
    private final String name;
    private final RecordedBroker broker;
    private final List<String> topics = new ArrayList<>();
    private boolean closed;
    private boolean kept;

    private BrokerUnderTest(
            ConformanceTarget target, Probe probe, TckTimeouts timeouts, String name, RecordedBroker broker) {
        this.target = target;
        this.probe = probe;
        this.timeouts = timeouts;
        this.name = name;
        this.broker = broker;
    }

    /** Opens a broker with the tests' usual settings and a topic of so many partitions. */
    static BrokerUnderTest open(PartitionedRules tests, String ruleId, int partitions) {
        return open(tests, ruleId, partitions, tests.config().build());
    }

    /** Opens a broker under a fresh name with a topic of so many partitions. */
    static BrokerUnderTest open(PartitionedRules tests, String ruleId, int partitions, PartitionedConfig config) {
        return open(tests, tests.target(), ruleId, Names.fresh(ruleId), partitions, config);
    }

    /** Opens a broker of that target under that name with a topic of so many partitions. */
    static BrokerUnderTest open(
            PartitionedRules tests,
            ConformanceTarget target,
            String ruleId,
            String name,
            int partitions,
            PartitionedConfig config) {
        Rule rule = SpecCatalogue.shipped().rule(ruleId);
        TckTimeouts timeouts = tests.timeouts();
        PartitionedBroker opened = Bounded.call(
                timeouts.recovery(), "openPartitioned " + name, () -> target.openPartitioned(name, config));
        boolean replays = target.capabilities().contains(Capability.REPLAY);
        BrokerUnderTest broker = new BrokerUnderTest(
                target, new Probe(rule), timeouts, name, new RecordedBroker(opened, config, replays));
        try {
            broker.createTopic(TOPIC, partitions);
        } catch (RuleViolation | Inconclusive e) {
            broker.close();
            throw e;
        }
        return broker;
    }

    /** Opens a second instance under the same name, which behind a server shares topics and groups; in the same history. */
    BrokerUnderTest beside(PartitionedConfig config) {
        PartitionedBroker opened = Bounded.call(
                timeouts.recovery(), "openPartitioned " + name, () -> target.openPartitioned(name, config));
        BrokerUnderTest other = new BrokerUnderTest(target, probe, timeouts, name, broker.beside(opened));
        other.kept = true;
        other.topics.addAll(topics);
        return other;
    }

    String name() {
        return name;
    }

    /** How long something that must happen is waited for. */
    Duration patience() {
        return timeouts.await();
    }

    /** The broker itself, for calls whose failure is the test's subject. */
    PartitionedBroker unrecorded() {
        return broker.unrecorded();
    }

    RecordedBroker recorded() {
        return broker;
    }

    void createTopic(String topic, int partitions) {
        run("createTopic " + topic, () -> broker.createTopic(topic, partitions));
        topics.add(topic);
    }

    /** Produces to the usual topic; a record that is refused breaks the rule. */
    Position produce(KeyedMessage message) {
        return produce(TOPIC, message);
    }

    Position produce(String topic, KeyedMessage message) {
        return call("produce", timeouts.await(), () -> broker.produce("main", topic, message));
    }

    /** Produces one after the other. */
    void produceAll(List<KeyedMessage> messages) {
        run("produce " + messages.size() + " records", () -> messages.forEach(it -> broker.produce("main", TOPIC, it)));
    }

    List<Position> produceBatch(List<KeyedMessage> messages) {
        return call(
                "produceBatch of " + messages.size(),
                timeouts.await(),
                () -> broker.produceBatch("main", TOPIC, messages));
    }

    /** Joins the usual group. */
    RecordedMember subscribe(RecordHandler handler) {
        return subscribe(GROUP, handler);
    }

    /** Joins a group of the usual topic. */
    RecordedMember subscribe(String group, RecordHandler handler) {
        return subscribe(TOPIC, group, handler);
    }

    RecordedMember subscribe(String topic, String group, RecordHandler handler) {
        return call("subscribe", timeouts.await(), () -> broker.subscribe(topic, group, handler));
    }

    RecordedMember subscribe(String group, StartFrom from, RecordHandler handler) {
        return call("subscribe", timeouts.await(), () -> broker.subscribe(TOPIC, group, from, handler));
    }

    void leave(RecordedMember member) {
        run("close of a member", member::close);
    }

    void abandon(RecordedMember member) {
        run("abandon of a member", member::abandon);
    }

    PartitionedMetrics metrics() {
        return call("metrics", timeouts.await(), broker::metrics);
    }

    Map<Integer, Long> committed(String group) {
        return call("committed", timeouts.await(), () -> broker.committed(TOPIC, group));
    }

    List<DeadRecord> deadRecords(String topic) {
        return call(
                "list of dead letters",
                timeouts.await(),
                () -> unrecorded().deadLetters(topic).list(ALL));
    }

    private List<DeadRecord> deadRecords() {
        List<DeadRecord> all = new ArrayList<>();
        topics.forEach(it -> all.addAll(deadRecords(it)));
        return all;
    }

    /** Makes a call that must return in time and throw nothing; what else it does breaks the rule. */
    <T> T call(String what, Duration limit, Supplier<T> call) {
        return probe.call(what, limit, call);
    }

    /** Makes a call without a result that must return in time and throw nothing. */
    void run(String what, Runnable call) {
        probe.run(what, timeouts.await(), call);
    }

    /** Waits for a call under way, which must return and throw nothing. */
    <T> T join(String what, Bounded.Running<T> running) {
        // Longer than the bound on the call's own thread, so that the thread's stack is told.
        return probe.call(what, timeouts.await().multipliedBy(2), () -> running.await(timeouts.await()));
    }

    /** Makes a call that must throw this; anything else breaks the rule. */
    <X extends RuntimeException> X refused(Class<X> expected, String what, Runnable call) {
        return probe.refused(expected, what, timeouts.await(), call);
    }

    /** Waits for something that must happen. */
    void await(String what, BooleanSupplier condition) {
        probe.require(
                happens(condition),
                what + " did not happen within " + timeouts.await().toMillis() + " ms");
    }

    /** Waits for something in the history; false when it does not come in time. */
    boolean happens(BooleanSupplier condition) {
        return broker.await(condition, timeouts.await());
    }

    /** Polls for something that the history does not tell; false when it does not come in time. */
    boolean happensWithin(Duration limit, BooleanSupplier condition) {
        return Polling.until(limit, condition::getAsBoolean, it -> it);
    }

    /** Waits until the metrics show this; the finding tells the last ones when they do not. */
    void awaitMetrics(String what, Predicate<PartitionedMetrics> expected) {
        PartitionedMetrics last = Polling.until(timeouts.await(), this::metrics, expected);
        require(expected.test(last), what + ", but the metrics stayed at " + last);
    }

    /**
     * Waits until every group has settled what is due to it. Where nothing at all happens for a good part of the wait nothing more is
     * expected, so that a run over a broken broker comes to its end. Behind a server partitions may be without an owner for longer, until
     * a lease has run out.
     */
    void awaitSettled() {
        boolean remote = target.capabilities().contains(Capability.REMOTE);
        Duration stalled = remote ? timeouts.await() : timeouts.await().dividedBy(3);
        // A slow broker is given more time as long as it goes on.
        Duration longest = timeouts.await().multipliedBy(3);
        broker.await(() -> broker.isSettled() || broker.still().compareTo(stalled) > 0, longest);
        // A record is set aside only after its last handler has thrown.
        if (!closed && broker.exhausted() > 0) {
            Polling.until(stalled, this::deadRecords, it -> it.size() >= broker.exhausted());
        }
    }

    /** Nothing more may happen: waits the quiet period, and tells whether the condition still holds. */
    boolean stays(BooleanSupplier condition) {
        return !broker.await(() -> !condition.getAsBoolean(), timeouts.quiet());
    }

    /** What happened so far, dead letters included. */
    PartitionedHistory history() {
        return broker.history(closed ? List.of() : deadRecords());
    }

    /** Fails the test when the check finds the rule broken, or cannot tell. */
    void judge(Check<PartitionedHistory> check) {
        Judge.require(probe.rule(), check.judge(history()));
    }

    /** Judges what must have settled: an unsettled history that shows nothing wrong tells nothing. */
    void judgeSettled(Check<PartitionedHistory> check) {
        awaitSettled();
        PartitionedHistory history = history();
        Judge.require(probe.rule(), check.judge(history));
        if (!history.settled()) {
            throw new Inconclusive(
                    probe.rule(), "not every record was settled by every group in time, which is the subject of L-7");
        }
    }

    void require(boolean holds, String finding, Moment... witnesses) {
        probe.require(holds, finding, witnesses);
    }

    RuleViolation violation(String finding, Moment... witnesses) {
        return probe.violation(finding, witnesses);
    }

    /** Shuts the broker down now, as part of the test. */
    ShutdownReport shutdown(Duration deadline) {
        closed = true;
        return call(
                "shutdown", deadline.plus(timeouts.await()), () -> unrecorded().shutdown(deadline));
    }

    /** Closes the broker now, as part of the test. */
    void closeNow() {
        closed = true;
        probe.run("close", timeouts.await().plus(timeouts.tolerance()), unrecorded()::close);
    }

    /** Closes the broker now; what a server keeps of it stays, to be opened again. */
    void closeForReopening() {
        kept = true;
        closeNow();
    }

    /** Cleans up. A broker that cannot be closed leaves the test without a verdict, since close is not its subject. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                Bounded.run(timeouts.await().plus(timeouts.tolerance()), "close", unrecorded()::close);
            } catch (RuntimeException | Error e) {
                throw new Inconclusive(probe.rule(), "the broker could not be closed after the test: " + e);
            }
        }
        if (!kept) {
            remove();
        }
    }

    private void remove() {
        try {
            Bounded.run(timeouts.await(), "removePartitioned", () -> target.removePartitioned(name));
        } catch (BrokerException | Bounded.StuckException e) {
            // What stays behind on a server that a fault keeps out of reach is no verdict on the rule.
        }
    }
}
