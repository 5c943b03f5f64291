package org.brokertck.tck.multibroker;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.brokertck.api.BrokerException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.api.multibroker.MultiBrokerConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.ManualClock;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.broker.BrokerHistory;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.run.Inconclusive;
import org.brokertck.tck.scenario.Judge;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.Probe;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.time.TckTimeouts;

/**
 * A fresh multi-broker over scripted brokers, in the hands of a rule test: on a manual clock where the target has one, every call
 * recorded and bounded, every finding told with the rule's own sentence.
 */
final class MultiUnderTest implements AutoCloseable {
    /** The producer that the test itself is. */
    static final String MAIN = "main";

    private final Probe probe;
    private final TckTimeouts timeouts;
    private final Pace pace;
    private final MultiBrokerConfig config;
    private final MultiBroker multi;
    private final RecordedTopics topics;
    private final List<ScriptedBroker> brokers;
    private boolean closed;

    private MultiUnderTest(
            Probe probe,
            Pace pace,
            TckTimeouts timeouts,
            MultiBrokerConfig config,
            MultiBroker multi,
            List<ScriptedBroker> brokers) {
        this.brokers = brokers;
        this.probe = probe;
        this.pace = pace;
        this.timeouts = timeouts;
        this.config = config;
        this.multi = multi;
        this.topics = new RecordedTopics(multi::produce, multi::subscribe);
    }

    /** Opens one with the tests' usual settings. */
    static MultiUnderTest open(MultiBrokerRules tests, String ruleId) {
        return open(tests, ruleId, it -> it);
    }

    /** Opens one with settings of the test's own. */
    static MultiUnderTest open(
            MultiBrokerRules tests, String ruleId, UnaryOperator<MultiBrokerConfig.Builder> settings) {
        Optional<VirtualTime> virtual = tests.target().virtualTime();
        ConformanceTarget target = virtual.map(VirtualTime::target).orElseGet(tests::target);
        return open(tests, target, virtual.map(VirtualTime::clock), ruleId, settings);
    }

    /** Opens one whose time is everybody's, though the target may have a manual clock: there its threads and its ends are others. */
    static MultiUnderTest openOnTheWallClock(MultiBrokerRules tests, String ruleId) {
        return open(tests, tests.target(), Optional.empty(), ruleId, it -> it);
    }

    private static MultiUnderTest open(
            MultiBrokerRules tests,
            ConformanceTarget target,
            Optional<ManualClock> clock,
            String ruleId,
            UnaryOperator<MultiBrokerConfig.Builder> settings) {
        TckTimeouts timeouts = tests.timeouts();
        List<ScriptedBroker> brokers = new CopyOnWriteArrayList<>();
        Pace pace = new Pace(clock, timeouts, () -> brokers.stream().allMatch(ScriptedBroker::isCalm));
        MultiBrokerConfig config = settings.apply(usual(pace)).build();
        String name = Names.fresh(ruleId);
        MultiBroker multi =
                Bounded.call(timeouts.await(), "openMultiBroker " + name, () -> target.openMultiBroker(name, config));
        return new MultiUnderTest(
                new Probe(SpecCatalogue.shipped().rule(ruleId)), pace, timeouts, config, multi, brokers);
    }

    /** Health every four units; timeouts that no test means to use up, whatever time it lets pass. */
    private static MultiBrokerConfig.Builder usual(Pace pace) {
        Duration unit = pace.unit();
        return MultiBrokerConfig.builder()
                .produceTimeout(pace.patience())
                .healthInterval(unit.multipliedBy(4))
                .healthTimeout(pace.patience())
                .probeInterval(unit)
                .failureThreshold(3)
                .drainTimeout(unit.multipliedBy(2));
    }

    /** Adds working brokers of these names, and gives them back. */
    List<ScriptedBroker> add(String... names) {
        return List.of(names).stream().map(it -> add(new ScriptedBroker(it))).toList();
    }

    /** Adds a broker under its name. */
    ScriptedBroker add(ScriptedBroker broker) {
        own(broker);
        run("addBroker '" + broker.name() + "'", () -> multi.addBroker(broker.name(), broker));
        return broker;
    }

    /** The broker ends with the test, whether it is added or not. */
    ScriptedBroker own(ScriptedBroker broker) {
        brokers.add(broker);
        return broker;
    }

    /** The brokers in the order in which they were added. */
    List<ScriptedBroker> brokers() {
        return List.copyOf(brokers);
    }

    MultiBroker unrecorded() {
        return multi;
    }

    RecordedTopics recorded() {
        return topics;
    }

    MultiBrokerConfig config() {
        return config;
    }

    Pace pace() {
        return pace;
    }

    TckTimeouts timeouts() {
        return timeouts;
    }

    void route(String pattern, String to) {
        run("setRoutingRule '" + pattern + "' → '" + to + "'", () -> multi.setRoutingRule(pattern, to));
    }

    RecordedTopics.Heard subscribe(String topic) {
        return subscribe(topic, message -> {});
    }

    RecordedTopics.Heard subscribe(String topic, MessageHandler handler) {
        return call("subscribe to '" + topic + "'", () -> topics.subscribe(topic, handler));
    }

    /** Produces; a message that is refused breaks the rule. */
    void produce(String topic, String id) {
        run("produce of " + id + " to '" + topic + "'", () -> topics.produce(MAIN, topic, Messages.message(id)));
    }

    /** Produces many from one thread; one that is refused breaks the rule. */
    void produceAll(String topic, List<Message> messages) {
        run(
                "produce of " + messages.size() + " messages to '" + topic + "'",
                timeouts.await().multipliedBy(2),
                () -> messages.forEach(it -> topics.produce(MAIN, topic, it)));
    }

    /** Produces where brokers may be down: false when it was refused. */
    boolean tryProduce(String topic, String id) {
        try {
            Bounded.run(timeouts.await(), "produce", () -> topics.produce(MAIN, topic, Messages.message(id)));
            return true;
        } catch (BrokerException refusal) {
            return false;
        }
    }

    /** Begins a produce that may take long. */
    Running<Boolean> startProduce(String topic, String id) {
        return Bounded.startRun("produce of " + id, () -> topics.produce(MAIN, topic, Messages.message(id)));
    }

    /** The names of the brokers that took a message, one for each time. */
    List<String> takers(String id) {
        return brokers.stream()
                .flatMap(broker -> broker.taken().stream().filter(id::equals).map(it -> broker.name()))
                .toList();
    }

    /** The message must have been taken once, by this broker. */
    void requireTaker(String id, ScriptedBroker due, String why) {
        List<String> found = takers(id);
        require(
                found.equals(List.of(due.name())),
                "%s was taken by %s, where '%s' is due: %s".formatted(id, found, due.name(), why));
    }

    Map<String, HealthStatus> health() {
        return call("brokerHealth", multi::brokerHealth);
    }

    HealthStatus health(ScriptedBroker broker) {
        Map<String, HealthStatus> all = health();
        HealthStatus status = all.get(broker.name());
        if (status == null) {
            throw probe.violation(
                    "brokerHealth does not tell of '%s', but of %s".formatted(broker.name(), all.keySet()));
        }
        return status;
    }

    /** Lets time pass. A manual clock does not wait for the looks that fall due on the way, which end on other threads: this does. */
    void pass(Duration span) {
        pace.pass(span);
        pace.clock()
                .ifPresent(clock -> Polling.until(
                        timeouts.tolerance(),
                        this::oldestLook,
                        it -> !it.isBefore(clock.now().minus(config.healthInterval()))));
    }

    private Instant oldestLook() {
        return health().values().stream()
                .map(HealthStatus::lastCheck)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** Lets a health interval pass, within which every broker's health must have been looked at. */
    void awaitLook() {
        List<Integer> before = brokers.stream().map(ScriptedBroker::looks).toList();
        boolean looked = pace.comesWithin(
                config.healthInterval(),
                () -> brokers.stream().allMatch(it -> it.looks() > before.get(brokers.indexOf(it))));
        if (!looked) {
            throw inconclusive(
                    "the brokers' health was not looked at within the interval, which is the subject of M-11");
        }
    }

    /** Lets time pass until the broker is looked at, after which it must be known as this. */
    void awaitKnown(ScriptedBroker broker, Health due) {
        if (!comesWithALook(() -> health(broker).status() == due)) {
            throw inconclusive("'" + broker.name() + "' is not known as " + due.word()
                    + " after the health interval, which is the subject of M-11");
        }
    }

    /**
     * Whether it comes about when the health interval has passed, or has passed again: a look may be left out while the one before is
     * under way, and a manual clock gives that no time.
     */
    boolean comesWithALook(BooleanSupplier condition) {
        return pace.comesWithin(config.healthInterval(), condition)
                || (pace.clock().isPresent() && pace.comesWithin(config.healthInterval(), condition));
    }

    /** Lets whoever is at work come to an end with it: a subscription that a broker has may not be known to have been made yet. */
    void calmDown() {
        pace.calmDown();
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

    <X extends RuntimeException> X refused(Class<X> expected, String what, Runnable call) {
        return probe.refused(expected, what, timeouts.await(), call);
    }

    /** Waits for something that must happen without any time passing. */
    void await(String what, BooleanSupplier condition) {
        require(happens(condition), what + " did not happen within " + timeouts.await());
    }

    boolean happens(BooleanSupplier condition) {
        return Polling.until(timeouts.await(), condition::getAsBoolean, it -> it);
    }

    /** Nothing may happen: waits the quiet period, and tells whether the condition still holds. */
    boolean stays(BooleanSupplier condition) {
        return !Polling.until(timeouts.quiet(), () -> !condition.getAsBoolean(), it -> it);
    }

    BrokerHistory history() {
        return topics.history();
    }

    /** Waits until everything due was handled, then judges. */
    void judgeSettled(Check<BrokerHistory> check) {
        happens(() -> {
            BrokerHistory now = history();
            return new NothingLost().judge(now) instanceof Verdict.Valid
                    && now.handlings().stream().noneMatch(it -> it.ended() == Long.MAX_VALUE);
        });
        judge(check.judge(history()));
    }

    void judge(Verdict verdict) {
        Judge.require(probe.rule(), verdict);
    }

    void require(boolean holds, String finding, Moment... witnesses) {
        probe.require(holds, finding, witnesses);
    }

    Inconclusive inconclusive(String reason) {
        return new Inconclusive(probe.rule(), reason);
    }

    /** Closes it now, as part of the test; what brokers throw at that may come out of it. */
    void closeNow() {
        closed = true;
        topics.closing();
        run("close", timeouts.await().plus(timeouts.tolerance()), this::closeTolerant);
        topics.closed();
    }

    private void closeTolerant() {
        try {
            multi.close();
        } catch (RuntimeException | Error ofABroker) {
            // Whether it comes out is not the rules' affair.
        }
    }

    /** Cleans up. One that cannot be closed leaves the test without a verdict, since close is not its subject. */
    @Override
    public void close() {
        brokers.forEach(ScriptedBroker::endTest);
        try {
            if (!closed) {
                closed = true;
                Bounded.run(timeouts.await(), "close", multi::close);
            }
        } catch (RuntimeException | Error e) {
            throw inconclusive("the multi-broker could not be closed after the test: " + e);
        }
    }
}
