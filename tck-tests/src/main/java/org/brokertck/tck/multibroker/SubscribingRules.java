package org.brokertck.tck.multibroker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.check.broker.SilentAfterClose;
import org.brokertck.tck.history.broker.BrokerHistory;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** A subscriber hears its topic from whichever broker took the message. */
public interface SubscribingRules extends MultiBrokerRules {
    private static Check<BrokerHistory> all() {
        return new NothingLost().and(new NothingInvented());
    }

    /** It is passed over for the sake of subscriptions that it lacks, and lacks none once they are closed. */
    @Test
    @Verifies("M-4")
    default void aSubscriptionThatIsClosedKeepsMessagesFromNoBroker() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-4")) {
            ScriptedBroker primary = multi.add("primary", "backup").get(0);
            multi.route("#", "primary,backup");
            primary.subscribes.fails(new BrokerUnavailableException("no subscriptions now"));
            RecordedTopics.Heard subscription = multi.subscribe("order.created");
            multi.run("close of a subscription", subscription::close);
            multi.produce("order.created", "m");
            multi.requireTaker(
                    "m", primary, "it is the first, and works; the one subscription that it could not take is closed");
        }
    }

    @Test
    @Verifies("M-7")
    default void aSubscriberHearsEveryBroker() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-7")) {
            multi.add("a", "b", "c");
            List.of("order.created", "order.created", "user.created").forEach(multi::subscribe);
            produceOverEach(multi, "round");
            multi.judgeSettled(all());
        }
    }

    /** Routes the topic to each broker in turn, so that each takes a message. */
    private static void produceOverEach(MultiUnderTest multi, String prefix) {
        for (ScriptedBroker broker : multi.brokers()) {
            multi.route("order.created", broker.name());
            String id = prefix + "-over-" + broker.name();
            multi.produce("order.created", id);
            multi.requireTaker(id, broker, "the rule names it alone");
        }
    }

    /** As soon as addBroker has returned; also when there was none at all at first. */
    @Test
    @Verifies("M-7")
    default void aSubscriberHearsBrokersThatAreAddedLater() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-7")) {
            multi.subscribe("order.created");
            for (String name : List.of("a", "b", "c")) {
                multi.add(name);
                multi.subscribe("order.created");
                produceOverEach(multi, "with-" + name);
            }
            multi.judgeSettled(all());
        }
    }

    /** The broker could not be subscribed to at first. */
    @Test
    @Verifies("M-7")
    default void aSubscriberHearsBrokersThatRecoverLater() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-7")) {
            ScriptedBroker late = multi.add("late", "other").get(0);
            late.down();
            multi.subscribe("order.created");
            multi.subscribe("order.created");
            late.up();
            requireJoined(multi, late, "order.created", 2);
            produceOverEach(multi, "recovered");
            multi.judgeSettled(all());
        }
    }

    /** Two subscriptions are two, be it with one handler: each hears, and one that is closed leaves the other one alone. */
    @Test
    @Verifies("M-7")
    default void oneHandlerMaySubscribeTwice() {
        Map<String, Integer> heard = new ConcurrentHashMap<>();
        MessageHandler handler = message -> heard.merge(message.id(), 1, Integer::sum);
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-7")) {
            multi.add("a", "b");
            // Not recorded, since a recorded handler is another one each time.
            List<TopicSubscription> subscriptions = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                subscriptions.add(
                        multi.call("subscribe", () -> multi.unrecorded().subscribe("order.created", handler)));
            }
            multi.produce("order.created", "before");
            multi.await(
                    "that a handler hears a message once for each of its two subscriptions",
                    () -> heard.getOrDefault("before", 0) >= 2);
            multi.run("close of a subscription", subscriptions.get(0)::close);
            multi.produce("order.created", "after");
            multi.await(
                    "that a handler hears a message by the second of its subscriptions, when the first is closed",
                    () -> heard.containsKey("after"));
        }
    }

    /** What is still wanting there is the others'. */
    @Test
    @Verifies("M-7")
    default void theCloseOfOneSubscriptionTakesNothingFromOthersThatAreStillToBeMade() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-7")) {
            ScriptedBroker late = multi.add("late", "other").get(0);
            late.down();
            RecordedTopics.Heard leaving = multi.subscribe("order.created");
            multi.subscribe("order.created");
            multi.run("close of a subscription", leaving::close);
            late.up();
            requireJoined(multi, late, "order.created", 1);
            produceOverEach(multi, "recovered");
            multi.judgeSettled(all());
        }
    }

    /** One that was down when it was added. */
    @Test
    @Verifies("M-7")
    default void aSubscriberHearsBrokersThatWereAddedWhileTheyWereDown() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-7")) {
            multi.add("first");
            multi.subscribe("order.created");
            ScriptedBroker late = new ScriptedBroker("late");
            late.down();
            multi.add(late);
            late.up();
            requireJoined(multi, late, "order.created", 1);
            produceOverEach(multi, "recovered");
            multi.judgeSettled(all());
        }
    }

    private static void requireJoined(MultiUnderTest multi, ScriptedBroker broker, String topic, int due) {
        AtomicInteger probes = new AtomicInteger();
        multi.route("probe.#", broker.name());
        boolean joined = multi.pace().comesWithin(multi.config().healthInterval(), () -> {
            // Whoever joins only when there is something to send is given the occasion.
            multi.tryProduce("probe.it", "probe-" + probes.incrementAndGet());
            return broker.subscriptions(topic) >= due;
        });
        multi.require(
                joined,
                "'%s' had recovered, and %s later has %d subscriptions to '%s' where %d are due"
                        .formatted(
                                broker.name(),
                                multi.config().healthInterval(),
                                broker.subscriptions(topic),
                                topic,
                                due));
    }

    @Test
    @Verifies("M-7")
    default void aClosedSubscriptionHearsNoBrokerAnyMore() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-7")) {
            multi.add("a", "b");
            RecordedTopics.Heard leaving = multi.subscribe("order.created");
            multi.subscribe("order.created");
            produceOverEach(multi, "before");
            multi.run("close of a subscription", leaving::close);
            multi.run("close of a subscription", leaving::close);
            multi.add("c");
            produceOverEach(multi, "after");
            multi.judgeSettled(all().and(new SilentAfterClose()));
            multi.require(
                    multi.stays(() -> new SilentAfterClose().judge(multi.history()) instanceof Verdict.Valid),
                    "a closed subscription heard something later");
            multi.brokers()
                    .forEach(it -> multi.require(
                            it.subscriptions("order.created") == 1,
                            "'%s' has %d subscriptions, of which one is not closed"
                                    .formatted(it.name(), it.subscriptions("order.created"))));
        }
    }

    /** It failed at first, and is tried again, maybe more than once: what is closed meanwhile is ended when the broker has taken it. */
    @Test
    @Verifies("M-7")
    default void aSubscriptionThatWasClosedWhileABrokerTookItIsEndedThere() {
        takenLate(List.of(false, true));
    }

    @Test
    @Verifies("M-7")
    default void aSubscriptionThatABrokerTookLateIsEndedThere() {
        takenLate(List.of(true, false));
    }

    private void takenLate(List<Boolean> takenThenClosed) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-7")) {
            ScriptedBroker slow = multi.add("slow", "other").get(0);
            slow.subscribes.fails(new BrokerUnavailableException("no subscriptions now"));
            RecordedTopics.Heard subscription = multi.subscribe("order.created");
            slow.subscribes.waits();
            if (!multi.comesWithALook(() -> slow.subscribes.hanging() > 0)) {
                throw multi.inconclusive(
                        "'slow' is not subscribed to again within the health interval, another subject of M-7");
            }
            // Where one try is no reason to leave out the next, there are several now.
            multi.pass(multi.config().healthInterval());
            multi.pass(multi.config().healthInterval());
            for (boolean taken : takenThenClosed) {
                if (taken) {
                    slow.subscribes.works();
                    multi.await("'slow' taking what it was given", () -> slow.subscribes.hanging() == 0);
                } else {
                    multi.run("close of a subscription", subscription::close);
                }
            }
            multi.require(
                    multi.comesWithALook(() -> slow.subscriptions("order.created") == 0),
                    "the only subscription is closed, and '%s' has %d, which it was slow to take"
                            .formatted(slow.name(), slow.subscriptions("order.created")));
        }
    }

    /** How a broker takes the close of a subscription, when it does not end it. */
    enum OnUnsubscribe {
        /** It throws an exception of the contract. */
        THROWS,
        /** It throws an Error. */
        THROWS_ERROR,
        /** It hangs, and answers no interrupt. */
        HANGS;

        private void script(ScriptedBroker broker) {
            switch (this) {
                case THROWS -> broker.unsubscribes.fails(new BrokerUnavailableException("cannot unsubscribe"));
                case THROWS_ERROR -> broker.unsubscribes.fails(new StackOverflowError("cannot unsubscribe"));
                case HANGS -> broker.unsubscribes.hangs();
            }
        }
    }

    /** The broker goes on handing over: nobody hears it any more all the same, and the others have been unsubscribed from. */
    @Test
    @Verifies("M-7")
    default void aClosedSubscriptionHearsNothingOfABrokerThatDoesNotEndItEither() {
        for (OnUnsubscribe kind : OnUnsubscribe.values()) {
            closeThough(kind);
        }
    }

    private void closeThough(OnUnsubscribe kind) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-7", HangingRules::impatient)) {
            List<ScriptedBroker> brokers = multi.add("first", "stubborn", "last");
            ScriptedBroker stubborn = brokers.get(1);
            RecordedTopics.Heard leaving = multi.subscribe("order.created");
            // What a broker hands over it hands to the first to come first: when this one has it, the other one had its
            // turn.
            RecordedTopics.Heard staying = multi.subscribe("order.created");
            produceOverEach(multi, "before");
            kind.script(stubborn);
            Running<Boolean> close = Bounded.startRun("close of a subscription", () -> closeTolerant(leaving));
            Duration limit = multi.config().produceTimeout().plus(multi.config().drainTimeout());
            multi.require(
                    multi.pace().endsWithinSteps(limit, close),
                    "close of a subscription did not return within %s, where a broker %s when it is to unsubscribe"
                            .formatted(limit, kind));
            int heard = multi.history().handledBy(leaving.name()).size();
            produceOverEach(multi, "after");
            multi.await(
                    staying.name() + " receiving everything",
                    () -> multi.history().handledBy(staying.name()).size() >= 2 * brokers.size());
            int later = multi.history().handledBy(leaving.name()).size();
            multi.require(
                    later == heard,
                    "a subscription was closed, which a broker %s at, and then was handed %d messages of that broker"
                            .formatted(kind, later - heard));
            List.of(brokers.get(0), brokers.get(2))
                    .forEach(it -> multi.require(
                            it.subscriptions("order.created") == 1,
                            "a subscription was closed, which one broker %s at, and '%s' has %d subscriptions, of which one is not closed"
                                    .formatted(kind, it.name(), it.subscriptions("order.created"))));
        }
    }

    private static void closeTolerant(RecordedTopics.Heard subscription) {
        try {
            subscription.close();
        } catch (BrokerUnavailableException | StackOverflowError ofTheBroker) {
            // Whether it comes out is not the rule's affair.
        }
    }

    /** What happens next. */
    enum Event {
        /** A broker is added. */
        ADD,
        /** A broker is added that is down. */
        ADD_DOWN,
        /** Somebody subscribes. */
        SUBSCRIBE,
        /** A broker's server goes. */
        DOWN,
        /** All servers come back. */
        UP,
        /** Health is looked at. */
        TIME_PASSES
    }

    @Property
    @Verifies("M-7")
    default void whoeverComesWheneverIsHeard(@ForAll @Size(min = 1, max = 12) List<Event> events) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-7")) {
            List<RecordedTopics.Heard> heard = new ArrayList<>();
            multi.add("first");
            for (Event event : events) {
                happen(multi, event, heard);
            }
            heard.add(multi.subscribe("order.created"));
            multi.brokers().forEach(ScriptedBroker::up);
            multi.brokers().forEach(it -> requireJoined(multi, it, "order.created", heard.size()));
            produceOverEach(multi, "last");
            multi.judgeSettled(all());
        }
    }

    private static void happen(MultiUnderTest multi, Event event, List<RecordedTopics.Heard> heard) {
        int brokers = multi.brokers().size();
        switch (event) {
            case ADD -> multi.add("broker-" + brokers);
            case ADD_DOWN -> {
                ScriptedBroker broker = new ScriptedBroker("broker-" + brokers);
                broker.down();
                multi.add(broker);
            }
            case SUBSCRIBE -> heard.add(multi.subscribe("order.created"));
            case DOWN -> multi.brokers().get(heard.size() % brokers).down();
            case UP -> multi.brokers().forEach(ScriptedBroker::up);
            case TIME_PASSES -> multi.pace().pass(multi.pace().unit().multipliedBy(2));
        }
    }
}
