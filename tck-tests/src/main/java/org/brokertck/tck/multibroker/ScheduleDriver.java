package org.brokertck.tck.multibroker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.HealthTransition;
import org.brokertck.api.multibroker.RoutingRule;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.tck.history.broker.RecordedTopics.Heard;
import org.brokertck.tck.multibroker.ScheduledBroker.Behaviour;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.workload.broker.MultiSchedule;
import org.brokertck.tck.workload.broker.MultiStep;

/**
 * Carries out a schedule, one step after another, and says after each what must have come of it. A broker's health changes only in steps
 * that end when it is known, so that it does not matter how often it is looked at. Among the brokers of a topic without a rule the order
 * is the multi-broker's own: there the brokers that were asked are taken as they are, when they are possible.
 */
final class ScheduleDriver {
    private static final List<String> TOPICS = List.of("order.created", "order.paid", "user.created");
    private static final List<String> PATTERNS = List.of("order.*", "*.created", "order.paid", "#", "user.#");
    private static final List<Health> STATES = List.of(Health.values());
    private static final List<RuntimeException> FAILURES = List.of(
            new BrokerUnavailableException("gone"),
            new QueueFullException("no room"),
            new ClosedException("closed by someone else"),
            new IllegalStateException("a defect"));
    /** In no order that anybody might sort them by. */
    private static final List<String> NAMES = List.of("north", "south", "east", "west", "center");

    private final MultiUnderTest multi;
    private final MultiSchedule schedule;
    private final List<ScheduledBroker> brokers = new ArrayList<>();
    private final Map<String, List<ScheduledBroker>> rules = new LinkedHashMap<>();
    private final Map<ScheduledListener, Heard> subscriptions = new LinkedHashMap<>();
    private final List<ScheduledListener> listeners = new ArrayList<>();
    private final List<HealthTransition> told = new CopyOnWriteArrayList<>();
    private int produced;
    private String step = "its opening";

    private ScheduleDriver(MultiUnderTest multi, MultiSchedule schedule) {
        this.multi = multi;
        this.schedule = schedule;
    }

    /** Fails the test when something due does not come of some step, or something comes of it that is not due. */
    static void judge(MultiBrokerRules tests, String ruleId, MultiSchedule schedule) {
        try (MultiUnderTest multi =
                MultiUnderTest.open(tests, ruleId, it -> it.failureThreshold(schedule.threshold()))) {
            new ScheduleDriver(multi, schedule).run();
        }
    }

    private void run() {
        multi.unrecorded().addHealthListener(told::add);
        for (int i = 0; i < 3; i++) {
            add();
        }
        setRule("order.*", brokers);
        int number = 0;
        for (MultiStep next : schedule.steps()) {
            number++;
            step = "step %d (%s)".formatted(number, next);
            perform(next);
            requireKnown();
        }
        close();
    }

    private void perform(MultiStep next) {
        switch (next.kind()) {
            case PRODUCE -> next.pick(TOPICS).ifPresent(this::produce);
            case FAILS ->
                next.pick(reachable()).ifPresent(it -> {
                    it.script().produces.fails(FAILURES.get(next.how() % FAILURES.size()));
                    it.behaves(Behaviour.FAILS);
                });
            case LOSES_ANSWERS ->
                next.pick(reachable()).ifPresent(it -> {
                    it.script().produces.worksAndFails(new OperationTimeoutException("the answer was lost"));
                    it.behaves(Behaviour.LOSES_ANSWERS);
                });
            case TOO_LARGE ->
                next.pick(reachable()).filter(ScheduledBroker::isSpotless).ifPresent(it -> {
                    it.script().produces.fails(new MessageTooLargeException("too large"));
                    it.behaves(Behaviour.TOO_LARGE);
                });
            case REFUSES ->
                next.pick(reachable()).ifPresent(it -> {
                    it.script().subscribes.fails(new BrokerUnavailableException("no subscriptions now"));
                    it.refuses(true);
                });
            case WORKS ->
                next.pick(reachable()).ifPresent(it -> {
                    it.script().up();
                    it.script().is(it.known());
                    works(it);
                });
            case SAYS ->
                next.pick(reachable()).ifPresent(it -> {
                    Health state = STATES.get(next.how() % STATES.size());
                    it.script().is(state);
                    awaitKnown(it, state);
                    requireSubscriptions();
                });
            case DOWN ->
                next.pick(reachable()).ifPresent(it -> {
                    it.script().down();
                    it.behaves(Behaviour.DOWN);
                    awaitKnown(it, Health.UNHEALTHY);
                });
            case UP -> next.pick(unreachable()).ifPresent(this::comeBack);
            case WAIT ->
                multi.pass(multi.config().probeInterval().multipliedBy(2).dividedBy(5));
            case PASS -> multi.pass(multi.config().probeInterval().plus(Duration.ofMillis(10)));
            case SUBSCRIBE -> next.pick(TOPICS).ifPresent(this::subscribe);
            case LEAVE -> next.pick(List.copyOf(subscriptions.keySet())).ifPresent(this::leave);
            case ROUTE -> next.pick(PATTERNS).ifPresent(it -> setRule(it, some(next.how())));
            case ADD -> {
                if (brokers.size() < NAMES.size()) {
                    add();
                }
            }
        }
    }

    private List<ScheduledBroker> reachable() {
        return brokers.stream().filter(it -> it.behaviour() != Behaviour.DOWN).toList();
    }

    private List<ScheduledBroker> unreachable() {
        return brokers.stream().filter(it -> it.behaviour() == Behaviour.DOWN).toList();
    }

    private Instant now() {
        return multi.pace().clock().orElseThrow().now();
    }

    private void add() {
        ScriptedBroker script = new ScriptedBroker(NAMES.get(brokers.size()));
        multi.add(script);
        brokers.add(
                new ScheduledBroker(script, schedule.threshold(), multi.config().probeInterval()));
        requireSubscriptions();
    }

    /** One to three brokers, in any order. */
    private List<ScheduledBroker> some(int how) {
        List<ScheduledBroker> all = new ArrayList<>(brokers);
        Collections.rotate(all, how);
        if (how % 2 == 0) {
            Collections.reverse(all);
        }
        return all.subList(0, 1 + how % 3);
    }

    private void setRule(String pattern, List<ScheduledBroker> to) {
        List<ScheduledBroker> in = List.copyOf(to);
        multi.route(pattern, String.join(",", names(in)));
        rules.put(pattern, in);
        List<RoutingRule> due = rules.entrySet().stream()
                .map(it -> new RoutingRule(TopicPattern.of(it.getKey()), names(it.getValue())))
                .toList();
        List<RoutingRule> found = multi.call("routingRules", multi.unrecorded()::routingRules);
        multi.require(
                found.equals(due), "after %s: the rules are told as %s, where %s are due".formatted(step, found, due));
    }

    private void comeBack(ScheduledBroker broker) {
        broker.script().up();
        awaitKnown(broker, Health.HEALTHY);
        works(broker);
    }

    private void works(ScheduledBroker broker) {
        broker.behaves(Behaviour.WORKS);
        broker.refuses(false);
        requireSubscriptions();
    }

    private void awaitKnown(ScheduledBroker broker, Health state) {
        multi.awaitKnown(broker.script(), state);
        broker.isKnown(state);
    }

    private void subscribe(String topic) {
        // One at a time: a multi-broker may subscribe twice where it does not know whether it has, so that numbers tell
        // nothing.
        if (!isHeard(topic)) {
            ScheduledListener listener = new ScheduledListener(topic);
            subscriptions.put(listener, multi.subscribe(topic, listener::hears));
            listeners.add(listener);
            requireSubscriptions();
        }
    }

    private void leave(ScheduledListener listener) {
        Heard subscription = Objects.requireNonNull(subscriptions.remove(listener));
        multi.run("close of a subscription to '" + listener.topic() + "'", subscription::close);
        requireSubscriptions();
    }

    private Stream<ScheduledListener> hearing(String topic) {
        return subscriptions.keySet().stream().filter(it -> it.topic().equals(topic));
    }

    private boolean isHeard(String topic) {
        return hearing(topic).findAny().isPresent();
    }

    /** Whoever can be subscribed to has the subscription that there is, at the latest after its next look; none is left of those closed. */
    private void requireSubscriptions() {
        for (String topic : TOPICS) {
            boolean due = isHeard(topic);
            for (ScheduledBroker broker : brokers) {
                boolean reachable = !broker.refuses() && broker.known() != Health.UNHEALTHY;
                BooleanSupplier right = () -> due ? !reachable || broker.hears(topic) : !broker.hears(topic);
                multi.require(
                        right.getAsBoolean() || multi.comesWithALook(right),
                        "after %s: '%s' has %s subscription to '%s', where there is %s"
                                .formatted(
                                        step,
                                        broker.name(),
                                        broker.hears(topic) ? "a" : "no",
                                        topic,
                                        due ? "one" : "none"));
            }
        }
        multi.calmDown();
    }

    private void produce(String topic) {
        String id = "m-" + produced++;
        Optional<List<ScheduledBroker>> rule = rules.entrySet().stream()
                .filter(it -> TopicPattern.of(it.getKey()).matches(topic))
                .map(Map.Entry::getValue)
                .findFirst();
        List<ScheduledBroker> named = rule.orElse(brokers);
        List<ScheduledBroker> open = named.stream()
                .filter(it -> it.letsThrough(now()) && (!isHeard(topic) || it.hears(topic)))
                .sorted(Comparator.comparing(ScheduledBroker::known))
                .toList();
        Optional<RuntimeException> refusal = multi.call("produce of " + id, () -> tryProduce(topic, id));
        List<ScheduledBroker> asked = brokers.stream()
                .filter(it -> it.script().attempts().contains(id))
                .toList();
        DueProduce produce = new DueProduce(named, open, rule.isPresent());
        List<ScheduledBroker> due = produce.asked(asked);
        multi.require(
                Set.copyOf(asked).equals(Set.copyOf(due)),
                "after %s: %s of '%s' was given to %s, where %s are due, of %s"
                        .formatted(step, id, topic, names(asked), names(due), named));
        multi.require(
                brokers.stream()
                        .allMatch(it -> Collections.frequency(it.script().attempts(), id) <= 1),
                "after %s: a broker was given %s more than once".formatted(step, id));
        boolean taken = due.stream().anyMatch(it -> it.behaviour() == Behaviour.WORKS);
        requireEnding(id, taken, refusal, produce);
        for (ScheduledBroker broker : due) {
            if (broker.behaviour().takes()) {
                hearing(topic).forEach(it -> it.isDue(id));
            }
            broker.asked(now());
        }
        requireHeard();
    }

    private Optional<RuntimeException> tryProduce(String topic, String id) {
        try {
            multi.recorded().produce(MultiUnderTest.MAIN, topic, Messages.message(id));
            return Optional.empty();
        } catch (RuntimeException refusal) {
            return Optional.of(refusal);
        }
    }

    private void requireEnding(String id, boolean taken, Optional<RuntimeException> refusal, DueProduce produce) {
        if (taken) {
            multi.require(
                    refusal.isEmpty(),
                    "after %s: a broker took %s, and produce threw %s".formatted(step, id, refusal.orElse(null)));
            return;
        }
        Class<? extends RuntimeException> due = produce.refusal();
        List<ScheduledBroker> named = produce.named();
        multi.require(
                refusal.filter(due::isInstance).isPresent(),
                "after %s: none of %s took %s, and produce %s, where %s is due"
                        .formatted(
                                step,
                                named,
                                id,
                                refusal.map(it -> "threw " + it).orElse("returned"),
                                due.getSimpleName()));
        String text = String.valueOf(refusal.orElseThrow().getMessage());
        if (due != MessageTooLargeException.class) {
            multi.require(
                    named.stream().allMatch(it -> text.contains(it.name())),
                    "after %s: the failure does not name each of %s: %s".formatted(step, names(named), text));
        }
    }

    private void requireHeard() {
        for (ScheduledListener listener : subscriptions.keySet()) {
            multi.require(
                    multi.happens(() -> listener.missing().isEmpty()),
                    "after %s: a subscriber of '%s' did not hear %s, which was taken"
                            .formatted(step, listener.topic(), listener.missing()));
        }
    }

    private void requireKnown() {
        Map<String, HealthStatus> found = multi.health();
        multi.require(
                List.copyOf(found.keySet()).equals(names(brokers)),
                "after %s: health tells of %s, where %s were added, in this order"
                        .formatted(step, found.keySet(), names(brokers)));
        for (ScheduledBroker broker : brokers) {
            Health status = Objects.requireNonNull(found.get(broker.name())).status();
            multi.require(
                    status == broker.known(),
                    "after %s: '%s' is told as %s, where %s is due"
                            .formatted(
                                    step,
                                    broker.name(),
                                    status.word(),
                                    broker.known().word()));
        }
    }

    private void close() {
        step = "its close";
        multi.happens(() -> told.size()
                >= brokers.stream().mapToInt(it -> it.changes().size()).sum());
        // Looks at one broker are nothing to looks at another: which of the two was first is nobody's business.
        for (ScheduledBroker broker : brokers) {
            List<String> found = told.stream()
                    .filter(it -> it.broker().equals(broker.name()))
                    .map(it -> it.from() + " → " + it.to().status())
                    .toList();
            multi.require(
                    found.equals(broker.changes()),
                    "the changes of '%s' that the listener was told are %s, where %s are due"
                            .formatted(broker.name(), found, broker.changes()));
        }
        multi.closeNow();
        multi.require(
                brokers.stream().allMatch(it -> it.script().closes() == 1),
                "after the close some broker was not closed once: "
                        + brokers.stream()
                                .map(it -> it.name() + " " + it.script().closes() + " times")
                                .toList());
        multi.refused(
                ClosedException.class,
                "produce after close",
                () -> multi.recorded().produce(MultiUnderTest.MAIN, TOPICS.get(0), Messages.message("late")));
        listeners.forEach(it -> multi.require(
                it.undue().isEmpty(),
                "a subscriber of '%s' heard %s, which no broker took while it was there"
                        .formatted(it.topic(), it.undue())));
    }

    private static List<String> names(List<ScheduledBroker> of) {
        return of.stream().map(ScheduledBroker::name).toList();
    }
}
