package org.brokertck.tck.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.message.Message;
import org.brokertck.tck.check.pubsub.InPublishOrder;
import org.brokertck.tck.check.pubsub.NothingInvented;
import org.brokertck.tck.check.pubsub.NothingMissing;
import org.brokertck.tck.check.pubsub.ReceivedOnce;
import org.brokertck.tck.check.pubsub.TopicCountsExact;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Every method may be called from many threads at once. */
public interface ConcurrencyRules extends PubSubRules {
    @Test
    @Verifies("G-4")
    default void allMethodsOfTheBrokerMayBeCalledAtOnce() {
        callAllOfTheBrokerAtOnce(4, 2, isRemote() ? 30 : 500);
    }

    @Property
    @Verifies("G-4")
    default void allMethodsOfTheBrokerMayBeCalledByAnyNumberOfThreads(
            @ForAll @IntRange(min = 1, max = 5) int publishers, @ForAll @IntRange(min = 1, max = 3) int takers) {
        callAllOfTheBrokerAtOnce(publishers, takers, isRemote() ? 10 : 100);
    }

    private void callAllOfTheBrokerAtOnce(int publishers, int takers, int messages) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-4")) {
            List<RecordedSubscription> subscriptions = List.of(
                    broker.subscribe("order.created"),
                    broker.subscribeWithPattern("order.*"),
                    broker.subscribeWithPattern("#"));
            Sentinels sentinels = new Sentinels(publishers);
            List<Running<Boolean>> callers = new ArrayList<>();
            for (int p = 0; p < publishers; p++) {
                String publisher = "publisher-" + p;
                callers.add(Bounded.startRun(publisher, () -> {
                    for (int i = 0; i < messages; i++) {
                        broker.recorded()
                                .publish(
                                        publisher,
                                        i % 3 == 0 ? "order.shipped" : "order.created",
                                        Messages.message(publisher + "-" + i));
                    }
                    sentinels.send(broker, publisher);
                }));
            }
            long deadline = System.nanoTime() + timeouts().await().toNanos();
            for (RecordedSubscription subscription : subscriptions) {
                Set<String> seen = ConcurrentHashMap.newKeySet();
                for (int t = 0; t < takers; t++) {
                    callers.add(Bounded.startRun("taker", () -> takeUntilAll(subscription, sentinels, seen, deadline)));
                }
            }
            callers.add(Bounded.startRun("comes and goes", () -> comeAndGo(broker)));
            callers.add(Bounded.startRun(
                    "asks",
                    () -> IntStream.range(0, 50).forEach(i -> {
                        broker.unrecorded().metrics();
                        subscriptions.forEach(it -> it.unrecorded().dropped());
                        subscriptions.forEach(it -> it.unrecorded().endReason());
                    })));
            callers.forEach(it -> broker.run(
                    "a call among many",
                    timeouts().await().multipliedBy(3),
                    () -> it.await(timeouts().await().multipliedBy(2))));
            broker.drain();
            Rest.awaitCounts(broker);
            broker.judgeAsDrained(new NothingInvented()
                    .and(new ReceivedOnce())
                    .and(new InPublishOrder())
                    .and(new NothingMissing())
                    .and(new TopicCountsExact()));
        }
    }

    /** Several takers of one subscription share its sentinels. */
    private void takeUntilAll(RecordedSubscription subscription, Sentinels sentinels, Set<String> seen, long deadline) {
        while (!sentinels.allSeen(subscription, seen) && System.nanoTime() < deadline) {
            subscription
                    .poll(timeouts().quiet().dividedBy(10))
                    .map(Message::id)
                    .filter(Sentinels::isSentinel)
                    .ifPresent(seen::add);
        }
    }

    private static void comeAndGo(PubSubUnderTest broker) {
        for (int i = 0; i < 10; i++) {
            broker.recorded().subscribe("order.created." + i).close();
            RecordedSubscription passing = broker.recorded().subscribeWithPattern("passing.#");
            broker.recorded().unsubscribe("passing.#");
            passing.close();
        }
    }
}
