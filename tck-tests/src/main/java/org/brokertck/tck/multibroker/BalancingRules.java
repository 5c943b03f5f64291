package org.brokertck.tck.multibroker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.message.Message;
import org.brokertck.api.multibroker.Health;
import org.brokertck.tck.check.broker.SharesEven;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** What no rule names is shared evenly among the healthy brokers. */
public interface BalancingRules extends MultiBrokerRules {
    /** The number of messages that the rule speaks of. */
    int MESSAGES = 1000;

    @Test
    @Verifies("M-8")
    default void messagesWithoutARuleAreSharedEvenly() {
        balance(3, 0, 1);
    }

    /** The part of one that is down falls to all of the others alike. */
    @Test
    @Verifies("M-8")
    default void theUnhealthyTakeNoShareAndTheOthersEvenOnes() {
        balance(4, 1, 1);
        balance(4, 2, 1);
    }

    @Test
    @Verifies("M-8")
    default void severalProducersShareEvenlyToo() {
        balance(3, 0, 4);
    }

    /** A message that a rule sends somewhere takes nobody's turn: the pattern of the traffic shifts no share. */
    @Test
    @Verifies("M-8")
    default void messagesWithARuleTakeNoTurn() {
        for (int brokers = 2; brokers <= 3; brokers++) {
            try (MultiUnderTest multi = MultiUnderTest.open(this, "M-8")) {
                for (int i = 0; i < brokers; i++) {
                    multi.add(new ScriptedBroker("broker-" + i));
                }
                multi.route("routed.#", "broker-0");
                int routed = brokers - 1;
                multi.run(
                        "produce of %d messages, and others by a rule".formatted(MESSAGES),
                        timeouts().await().multipliedBy(4),
                        () -> {
                            for (int i = 0; i < MESSAGES; i++) {
                                multi.unrecorded().produce("order.created", Messages.message("m-" + i));
                                for (int r = 0; r < routed; r++) {
                                    multi.unrecorded().produce("routed.away", Messages.message("routed"));
                                }
                            }
                        });
                Map<String, Integer> shares = new LinkedHashMap<>();
                multi.brokers()
                        .forEach(it -> shares.put(it.name(), (int) it.taken().stream()
                                .filter(id -> !id.equals("routed"))
                                .count()));
                multi.judge(new SharesEven().judge(shares));
            }
        }
    }

    @Property
    @Verifies("M-8")
    default void anyHealthyBrokersShareEvenly(
            @ForAll @IntRange(min = 1, max = 5) int healthy,
            @ForAll @IntRange(max = 2) int down,
            @ForAll @IntRange(min = 1, max = 3) int producers) {
        balance(healthy + down, down, producers);
    }

    /** The first ones are down, and known to be; the rest share. */
    private void balance(int brokers, int down, int producers) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-8")) {
            for (int i = 0; i < brokers; i++) {
                ScriptedBroker broker = multi.add(new ScriptedBroker("broker-" + i));
                if (i < down) {
                    broker.down();
                }
            }
            multi.route("routed.#", "broker-0");
            if (down > 0) {
                multi.awaitKnown(multi.brokers().get(0), Health.UNHEALTHY);
                multi.awaitKnown(multi.brokers().get(down - 1), Health.UNHEALTHY);
            }
            List<Running<Boolean>> running = new ArrayList<>();
            for (int p = 0; p < producers; p++) {
                List<Message> messages = IntStream.range(0, MESSAGES / producers)
                        .mapToObj(i -> Messages.message("m-" + i))
                        .toList();
                String topic = "order.of" + p;
                running.add(Bounded.startRun(
                        "producer-" + p,
                        () -> messages.forEach(it -> multi.unrecorded().produce(topic, it))));
            }
            running.forEach(it -> multi.run(
                    "produce of " + MESSAGES + " messages without a rule",
                    timeouts().await().multipliedBy(4),
                    () -> it.await(timeouts().await().multipliedBy(3))));
            Map<String, Integer> shares = new LinkedHashMap<>();
            multi.brokers().stream()
                    .skip(down)
                    .forEach(it -> shares.put(it.name(), it.taken().size()));
            multi.judge(new SharesEven().judge(shares));
        }
    }
}
