package org.brokertck.tck.multibroker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.multibroker.Health;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** When a broker fails, the next one takes the message in the same call, and nothing is lost. */
public interface FailoverRules extends MultiBrokerRules {
    /** The seed's own test of its fifth exercise. */
    @Test
    @Verifies("M-4")
    default void multiBrokerFailover() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-4")) {
            ScriptedBroker primary = multi.add("primary", "backup").get(0);
            // One word, as in P: it matches no topic of two words, for which all brokers stand in.
            multi.route("*", "primary,backup");
            multi.subscribe("test.topic");
            multi.produce("test.topic", "test-1");
            multi.judgeSettled(new NothingLost());
            primary.close();
            multi.produce("test.topic", "test-2");
            multi.judgeSettled(new NothingLost());
        }
    }

    @Test
    @Verifies("M-4")
    default void theFirstHealthyBrokerOfTheRuleTakesTheMessage() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-4")) {
            List<ScriptedBroker> brokers = multi.add("primary", "second", "third");
            multi.route("#", "primary,second,third");
            for (int i = 0; i < 5; i++) {
                multi.produce("order.created", "m-" + i);
                multi.requireTaker("m-" + i, brokers.get(0), "it is the first, and healthy");
            }
            multi.require(
                    brokers.get(1).attempts().isEmpty()
                            && brokers.get(2).attempts().isEmpty(),
                    "the others were given %s and %s, though the first took everything"
                            .formatted(brokers.get(1).attempts(), brokers.get(2).attempts()));
        }
    }

    /** Whatever it throws. */
    @Test
    @Verifies("M-4")
    default void whenABrokerFailsTheNextTakesTheMessageInTheSameCall() {
        List<Throwable> failures = List.of(
                new BrokerUnavailableException("gone"),
                new ClosedException("closed by someone else"),
                new QueueFullException("no room"),
                new OperationTimeoutException("no answer"),
                new MessageTooLargeException("too large for this one"),
                new IllegalStateException("a defect"),
                new IllegalArgumentException("a topic that this one does not take"),
                new NullPointerException("a defect inside the broker"),
                new StackOverflowError("a worse defect"));
        for (Throwable failure : failures) {
            try (MultiUnderTest multi = MultiUnderTest.open(this, "M-4")) {
                List<ScriptedBroker> brokers = multi.add("primary", "second", "third");
                multi.route("#", "primary,second,third");
                brokers.get(0).produces.fails(failure);
                multi.produce("order.created", "one-fails");
                multi.requireTaker("one-fails", brokers.get(1), "the first threw " + failure);
                brokers.get(1).produces.fails(failure);
                multi.produce("order.created", "two-fail");
                multi.requireTaker("two-fail", brokers.get(2), "the first two threw " + failure);
                multi.require(
                        brokers.get(0).attempts().equals(List.of("one-fails", "two-fail")),
                        "the first, of which nothing but a failed call was known, was given %s"
                                .formatted(brokers.get(0).attempts()));
            }
        }
    }

    @Test
    @Verifies("M-4")
    default void whatIsKnownToBeUnhealthyComesAfterWhatIsHealthy() {
        for (Health known : List.of(Health.UNHEALTHY, Health.DEGRADED)) {
            try (MultiUnderTest multi = MultiUnderTest.open(this, "M-4")) {
                List<ScriptedBroker> brokers = multi.add("primary", "backup");
                multi.route("#", "primary,backup");
                brokers.get(0).is(known);
                multi.awaitKnown(brokers.get(0), known);
                multi.produce("order.created", "m");
                multi.requireTaker("m", brokers.get(1), "the first is known to be " + known.word());
            }
        }
    }

    /** How a broker of a random rule is. */
    enum Condition {
        /** It works. */
        WORKS,
        /** It says that it is healthy, and fails. */
        FAILS,
        /** It says that it is unhealthy, and fails. */
        DOWN
    }

    @Property
    @Verifies("M-4")
    default void theFirstThatWorksTakesTheMessage(@ForAll @Size(min = 1, max = 4) List<Condition> conditions) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-4")) {
            List<String> names = new ArrayList<>();
            for (Condition condition : conditions) {
                ScriptedBroker broker = new ScriptedBroker("broker-" + names.size());
                names.add(broker.name());
                multi.add(broker);
                switch (condition) {
                    case WORKS -> broker.up();
                    case FAILS -> broker.produces.fails(new BrokerUnavailableException("fails"));
                    case DOWN -> broker.down();
                }
            }
            multi.route("order.#", String.join(",", names));
            multi.awaitLook();
            int first = conditions.indexOf(Condition.WORKS);
            if (first < 0) {
                multi.require(!multi.tryProduce("order.created", "m"), "m was accepted, though no broker works");
            } else {
                multi.produce("order.created", "m");
                multi.requireTaker("m", multi.brokers().get(first), "it is the first that works of " + conditions);
            }
        }
    }

    @Test
    @Verifies("M-5")
    default void brokersThatFailUnderLoadLoseNothing() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-5")) {
            List<ScriptedBroker> brokers = multi.add("a", "b", "c");
            multi.route("order.#", "a,b");
            List.of("order.created", "user.created").forEach(multi::subscribe);
            List<Running<Boolean>> producers = new ArrayList<>();
            for (int p = 0; p < 3; p++) {
                String producer = "producer-" + p;
                producers.add(Bounded.startRun(producer, () -> produceMany(multi, producer, 200)));
            }
            for (int i = 0; i < 30; i++) {
                ScriptedBroker broker = brokers.get(i % 3);
                if (i % 2 == 0) {
                    broker.down();
                } else {
                    broker.produces.worksAndFails(new OperationTimeoutException("the answer was lost"));
                }
                multi.pace()
                        .pass(multi.pace().clock().isPresent() ? multi.pace().unit() : Duration.ofMillis(5));
                broker.up();
            }
            producers.forEach(it -> multi.run(
                    "produce while brokers fail",
                    timeouts().await().multipliedBy(3),
                    () -> it.await(timeouts().await().multipliedBy(2))));
            multi.judgeSettled(new NothingLost());
        }
    }

    private static void produceMany(MultiUnderTest multi, String producer, int messages) {
        for (int i = 0; i < messages; i++) {
            String topic = ThreadLocalRandom.current().nextBoolean() ? "order.created" : "user.created";
            try {
                multi.recorded().produce(producer, topic, Messages.message(producer + "-" + i));
            } catch (BrokerException refused) {
                // In the history.
            }
        }
    }

    /** What happens next in a random schedule of failures. */
    enum Event {
        /** A broker's server goes. */
        DOWN,
        /** A broker's server comes back. */
        UP,
        /** A broker takes messages, and its answers are lost. */
        LOSES_ANSWERS,
        /** A broker fails, and says that it is healthy. */
        FAILS,
        /** Time passes, so that health is looked at and circuits are tried. */
        TIME_PASSES,
        /** Somebody subscribes. */
        SUBSCRIBE,
        /** Messages are produced. */
        PRODUCE
    }

    /**
     * One event of a random schedule.
     *
     * @param event what happens
     * @param broker to which broker
     */
    record Incident(Event event, int broker) {}

    /** Subscriptions are made while brokers are down: these must not take a message before they are subscribed to. */
    @Property
    @Verifies("M-5")
    default void noScheduleOfFailuresLosesAnything(
            @ForAll @Size(min = 5, max = 25) List<Event> events, @ForAll @IntRange(max = 2) int shift) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-5")) {
            List<ScriptedBroker> brokers = multi.add("a", "b", "c");
            multi.route("order.#", "a,b,c");
            multi.subscribe("order.created");
            for (int i = 0; i < events.size(); i++) {
                happen(multi, new Incident(events.get(i), (i + shift) % brokers.size()), i);
            }
            multi.judgeSettled(new NothingLost());
        }
    }

    private static void happen(MultiUnderTest multi, Incident incident, int number) {
        ScriptedBroker broker = multi.brokers().get(incident.broker());
        switch (incident.event()) {
            case DOWN -> broker.down();
            case UP -> broker.up();
            case LOSES_ANSWERS -> broker.produces.worksAndFails(new OperationTimeoutException("the answer was lost"));
            case FAILS -> broker.produces.fails(new BrokerUnavailableException("fails"));
            case TIME_PASSES -> multi.pace().pass(multi.pace().unit());
            case SUBSCRIBE -> multi.subscribe(number % 2 == 0 ? "order.created" : "user.created");
            case PRODUCE -> {
                for (int i = 0; i < 5; i++) {
                    multi.tryProduce(i % 2 == 0 ? "order.created" : "user.created", "m-" + number + "-" + i);
                }
            }
        }
    }

    /** The one way to lose without a failure: a broker that is back takes messages before those who subscribed meanwhile are there. */
    @Test
    @Verifies("M-5")
    default void aBrokerThatIsBackTakesNothingBeforeItsSubscribersAreThere() {
        for (int round = 0; round < 3; round++) {
            try (MultiUnderTest multi = MultiUnderTest.open(this, "M-5")) {
                ScriptedBroker primary = multi.add("primary", "backup").get(0);
                multi.route("#", "primary,backup");
                primary.subscribes.fails(new BrokerUnavailableException("no subscriptions now"));
                multi.subscribe("order.created");
                multi.produce("order.created", "unheard-by-the-primary");
                primary.subscribes.works();
                for (int i = 0; i < 50; i++) {
                    multi.produce("order.created", "m-" + i);
                }
                multi.judgeSettled(new NothingLost());
            }
        }
    }
}
