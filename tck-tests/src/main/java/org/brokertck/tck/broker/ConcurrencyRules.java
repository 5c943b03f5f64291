package org.brokertck.tck.broker;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.tck.check.broker.InProducerOrder;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.check.broker.OneHandlerAtATime;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Every method may be called from many threads at once. */
public interface ConcurrencyRules extends BrokerRules {
    @Test
    @Verifies("G-4")
    default void allMethodsMayBeCalledAtOnce() {
        callAllAtOnce(4, isRemote() ? 30 : 500);
    }

    @Property
    @Verifies("G-4")
    default void allMethodsMayBeCalledByAnyNumberOfThreads(@ForAll @IntRange(min = 1, max = 5) int producers) {
        callAllAtOnce(producers, isRemote() ? 10 : 100);
    }

    private void callAllAtOnce(int producers, int messages) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-4")) {
            List.of("order.created", "order.created", "order.shipped").forEach(broker::subscribe);
            List<Running<Boolean>> callers = new ArrayList<>();
            for (int p = 0; p < producers; p++) {
                String producer = "producer-" + p;
                callers.add(Bounded.startRun(producer, () -> {
                    for (int i = 0; i < messages; i++) {
                        broker.recorded()
                                .produce(
                                        producer,
                                        i % 3 == 0 ? "order.shipped" : "order.created",
                                        Messages.message(producer + "-" + i));
                    }
                }));
            }
            callers.add(Bounded.startRun("comes and goes", () -> {
                for (int i = 0; i < 10; i++) {
                    broker.recorded().subscribe("order.created", message -> {}).close();
                    broker.recorded().subscribe("order.n" + i, message -> {}).close();
                }
            }));
            callers.add(Bounded.startRun("asks", () -> {
                for (int i = 0; i < 20; i++) {
                    broker.unrecorded().health();
                }
            }));
            callers.forEach(it -> broker.run(
                    "a call among many",
                    timeouts().await().multipliedBy(3),
                    () -> it.await(timeouts().await().multipliedBy(2))));
            broker.judgeSettled(new NothingLost()
                    .and(new NothingInvented())
                    .and(new InProducerOrder())
                    .and(new OneHandlerAtATime()));
        }
    }
}
