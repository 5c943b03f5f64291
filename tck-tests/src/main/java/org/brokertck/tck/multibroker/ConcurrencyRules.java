package org.brokertck.tck.multibroker;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Every method may be called from many threads at once. */
public interface ConcurrencyRules extends MultiBrokerRules {
    @Test
    @Verifies("G-4")
    default void allMethodsMayBeCalledAtOnce() {
        callAllAtOnce(4, 200);
    }

    @Property
    @Verifies("G-4")
    default void allMethodsMayBeCalledByAnyNumberOfThreads(@ForAll @IntRange(min = 1, max = 5) int producers) {
        callAllAtOnce(producers, 50);
    }

    private void callAllAtOnce(int producers, int messages) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "G-4")) {
            multi.add("a", "b", "c");
            List.of("order.created", "user.created").forEach(multi::subscribe);
            List<ScriptedBroker> late = List.of(
                    multi.own(new ScriptedBroker("late-0")),
                    multi.own(new ScriptedBroker("late-1")),
                    multi.own(new ScriptedBroker("late-2")));
            List<Running<Boolean>> callers = new ArrayList<>();
            for (int p = 0; p < producers; p++) {
                String producer = "producer-" + p;
                callers.add(Bounded.startRun(producer, () -> {
                    for (int i = 0; i < messages; i++) {
                        String topic = i % 3 == 0 ? "user.created" : "order.created";
                        multi.recorded().produce(producer, topic, Messages.message(producer + "-" + i));
                    }
                }));
            }
            callers.add(Bounded.startRun(
                    "adds", () -> late.forEach(it -> multi.unrecorded().addBroker(it.name(), it))));
            callers.add(Bounded.startRun("routes", () -> {
                for (int i = 0; i < 20; i++) {
                    multi.unrecorded().setRoutingRule("order.#", i % 2 == 0 ? "a,b" : "c,a");
                    multi.unrecorded().routingRules();
                }
            }));
            callers.add(Bounded.startRun("comes and goes", () -> {
                for (int i = 0; i < 10; i++) {
                    multi.recorded().subscribe("order.created", message -> {}).close();
                    multi.unrecorded().addHealthListener(it -> {});
                    multi.unrecorded().brokerHealth();
                }
            }));
            callers.forEach(it -> multi.run(
                    "a call among many",
                    timeouts().await().multipliedBy(3),
                    () -> it.await(timeouts().await().multipliedBy(2))));
            multi.judgeSettled(new NothingLost().and(new NothingInvented()));
        }
    }
}
