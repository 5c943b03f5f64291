package org.brokertck.tck.multibroker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.BrokerException;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.MultiBrokerConfig;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.run.Costly;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** A broker that hangs, and answers no interrupt, costs its timeout and nothing more. */
public interface HangingRules extends MultiBrokerRules {
    @Test
    @Verifies("M-12")
    default void aBrokerThatHangsDelaysAProduceByItsTimeout() {
        hangIn(List.of(Hanging.PRODUCE));
    }

    @Test
    @Verifies("M-12")
    default void healthNeverHangs() {
        hangIn(List.of(Hanging.HEALTH));
    }

    @Test
    @Verifies("M-12")
    default void subscribingAndAddingDoNotHangEither() {
        hangIn(List.of(Hanging.SUBSCRIBE, Hanging.HEALTH));
    }

    /** A broker that hangs in one subscription has none of those that are made meanwhile. */
    @Test
    @Verifies("M-5")
    default void aBrokerThatHangsInASubscriptionTakesNothingForOthersThatItMisses() {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-5", HangingRules::impatient)) {
            ScriptedBroker hanging = multi.add("hanging", "backup").get(0);
            hanging.subscribes.hangs();
            for (String topic : List.of("order.created", "order.shipped")) {
                inTime(
                        multi,
                        multi.config().produceTimeout().multipliedBy(2),
                        "subscribe",
                        Bounded.startRun("subscribe", () -> multi.recorded().subscribe(topic, message -> {})));
            }
            for (int i = 0; i < 10; i++) {
                multi.produce("order.shipped", "m-" + i);
            }
            multi.judgeSettled(new NothingLost());
        }
    }

    @Property
    @Costly
    @Verifies("M-12")
    default void whateverHangsNothingElseDoes(@ForAll @Size(min = 1, max = 3) List<Hanging> what) {
        hangIn(what);
    }

    /** What a broker hangs in. */
    enum Hanging {
        /** Taking a message. */
        PRODUCE,
        /** Telling its health. */
        HEALTH,
        /** Taking a subscription. */
        SUBSCRIBE;

        private Script of(ScriptedBroker broker) {
            return switch (this) {
                case PRODUCE -> broker.produces;
                case HEALTH -> broker.health;
                case SUBSCRIBE -> broker.subscribes;
            };
        }
    }

    /** Half a health interval for each call. */
    static MultiBrokerConfig.Builder impatient(MultiBrokerConfig.Builder usual) {
        Duration limit = usual.build().healthInterval().dividedBy(2);
        return usual.produceTimeout(limit).healthTimeout(limit);
    }

    private void hangIn(List<Hanging> what) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-12", HangingRules::impatient)) {
            List<ScriptedBroker> brokers = multi.add("hanging", "backup");
            ScriptedBroker hanging = brokers.get(0);
            multi.route("#", "hanging,backup");
            multi.subscribe("order.created");
            what.forEach(it -> it.of(hanging).hangs());
            Duration patience = multi.config().produceTimeout();
            for (int i = 0; i < 3; i++) {
                String id = "m-" + i;
                inTime(multi, patience, "produce", multi.startProduce("order.created", id));
                multi.require(
                        !what.contains(Hanging.PRODUCE) || multi.takers(id).equals(List.of("backup")),
                        "the first broker hung, and %s was taken by %s".formatted(id, multi.takers(id)));
            }
            inTime(
                    multi,
                    patience.multipliedBy(2),
                    "subscribe",
                    Bounded.startRun("subscribe", () -> multi.recorded().subscribe("order.shipped", message -> {})));
            requireHealthAnswers(multi, hanging, brokers.get(1), what.contains(Hanging.HEALTH));
            ScriptedBroker late = multi.own(new ScriptedBroker("late"));
            what.forEach(it -> it.of(late).hangs());
            inTime(
                    multi,
                    patience.plus(multi.config().healthTimeout()).multipliedBy(3),
                    "addBroker",
                    Bounded.startRun("addBroker", () -> multi.unrecorded().addBroker("late", late)));
            inTime(multi, patience, "produce", multi.startProduce("order.created", "last"));
            brokers.forEach(it -> List.of(it.produces, it.health, it.subscribes).forEach(Script::works));
            multi.judgeSettled(new NothingLost());
        }
    }

    /** The call must end when so much time has passed; it may fail, for it is the delay that counts. */
    private static void inTime(MultiUnderTest multi, Duration limit, String what, Running<Boolean> call) {
        boolean ended = multi.pace().endsWithinSteps(limit, call);
        multi.require(
                ended,
                "%s did not return within %s while a broker hung; its thread is at %s"
                        .formatted(what, limit, call.at()));
        try {
            call.await(multi.timeouts().await());
        } catch (BrokerException refused) {
            // It was told in time.
        }
    }

    /** It is asked while a look hangs, and then the other one must still be looked at. */
    private static void requireHealthAnswers(
            MultiUnderTest multi, ScriptedBroker hanging, ScriptedBroker other, boolean looksHang) {
        AtomicInteger looks = new AtomicInteger(other.looks());
        for (int round = 0; round < 3; round++) {
            Duration longest =
                    multi.config().healthInterval().plus(multi.config().healthTimeout());
            BooleanSupplier isLookedAt = () -> other.looks() > looks.get();
            boolean looked = multi.pace().comesWithinSteps(longest, isLookedAt) || multi.comesWithALook(isLookedAt);
            multi.require(looked, "while a broker hung the health of another one was not looked at any more");
            looks.set(other.looks());
            long start = System.nanoTime();
            multi.health();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            multi.require(
                    took.compareTo(multi.timeouts().tolerance()) <= 0,
                    "brokerHealth took %s while a broker hung".formatted(took));
        }
        if (looksHang) {
            boolean told = multi.pace()
                    .comesWithinSteps(
                            multi.config().healthInterval().plus(multi.config().healthTimeout()),
                            () -> multi.health(hanging).status() == Health.UNHEALTHY);
            multi.require(told, "a broker whose looks hang is told as " + multi.health(hanging));
        }
        multi.require(
                multi.pace()
                        .comesWithinSteps(
                                multi.config().healthInterval().multipliedBy(2),
                                () -> multi.health(other).status() == Health.HEALTHY),
                "while a broker hung another one was told as " + multi.health(other));
    }
}
