package org.brokertck.tck.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

    /** The first subscribers of a topic come at the same moment, which is when whatever is kept of the topic is made. */
    @Test
    @Verifies("G-4")
    default void theFirstSubscribersOfATopicMayComeAtOnce() {
        int topics = isRemote() ? 5 : 60;
        CyclicBarrier together = new CyclicBarrier(3);
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-4")) {
            List<Running<Boolean>> subscribers = new ArrayList<>();
            for (int s = 0; s < together.getParties(); s++) {
                subscribers.add(Bounded.startRun("subscriber-" + s, () -> {
                    for (int i = 0; i < topics; i++) {
                        await(together);
                        broker.recorded().subscribe("order.n" + i, message -> {});
                    }
                }));
            }
            subscribers.forEach(it -> broker.run(
                    "subscribe by several threads",
                    timeouts().await().multipliedBy(3),
                    () -> it.await(timeouts().await().multipliedBy(2))));
            for (int i = 0; i < topics; i++) {
                broker.produce("order.n" + i, Messages.message("m-" + i));
            }
            broker.judgeSettled(new NothingLost().and(new NothingInvented()));
        }
    }

    private void await(CyclicBarrier together) {
        try {
            together.await(timeouts().await().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("Another subscriber did not come", e);
        }
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
