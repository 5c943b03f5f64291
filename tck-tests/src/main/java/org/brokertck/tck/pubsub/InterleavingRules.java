package org.brokertck.tck.pubsub;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.api.pubsub.OverflowPolicy;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.pubsub.ClosedRefusesPublishes;
import org.brokertck.tck.check.pubsub.DropsCounted;
import org.brokertck.tck.check.pubsub.EndsTold;
import org.brokertck.tck.check.pubsub.InPublishOrder;
import org.brokertck.tck.check.pubsub.NothingEarlier;
import org.brokertck.tck.check.pubsub.NothingInvented;
import org.brokertck.tck.check.pubsub.NothingLater;
import org.brokertck.tck.check.pubsub.NothingMissing;
import org.brokertck.tck.check.pubsub.OnlyMatching;
import org.brokertck.tck.check.pubsub.ReceivedOnce;
import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.pubsub.PlannedPublish;
import org.brokertck.tck.workload.pubsub.PlannedSubscriber;
import org.brokertck.tck.workload.pubsub.PlannedSubscriber.Leaving;
import org.brokertck.tck.workload.pubsub.PubSubWorkload;
import org.brokertck.tck.workload.pubsub.PubSubWorkloads;
import org.junit.jupiter.api.Test;

/** Subscribers come and go, publishers publish and the broker is closed, all at once: what arrives is what the model allows. */
public interface InterleavingRules extends PubSubRules {
    /** Many short-lived subscriptions to the same texts beside two busy publishers. */
    @Test
    @Verifies("P-15")
    default void subscribersComeAndGoBesideBusyPublishers() {
        int messages = isRemote() ? 30 : 400;
        List<List<PlannedPublish>> publishers =
                IntStream.range(0, 2).mapToObj(p -> publishes(p, messages)).toList();
        List<PlannedSubscriber> subscribers = IntStream.range(0, isRemote() ? 8 : 24)
                .mapToObj(i -> subscriber(i, messages))
                .toList();
        interleave(new PubSubWorkload(
                publishers, subscribers, 10_000, OverflowPolicy.DROP_OLDEST, PlannedSubscriber.NEVER));
    }

    private static List<PlannedPublish> publishes(int publisher, int messages) {
        return IntStream.range(0, messages)
                .mapToObj(i -> new PlannedPublish(
                        "p" + publisher + "-m" + i, i % 3 == 0 ? "order" : "order.created", "text", Map.of()))
                .toList();
    }

    private static PlannedSubscriber subscriber(int i, int messages) {
        String pattern = List.of("order", "order.#", "order.*", "#").get(i % 4);
        // Four at a time.
        int joins = i / 4 * 31 % messages;
        int leaves = i % 5 == 0 ? PlannedSubscriber.NEVER : joins + 20 + i * 17 % messages;
        return new PlannedSubscriber(pattern, joins, leaves, i % 2 == 0 ? Leaving.CLOSE : Leaving.UNSUBSCRIBE, 0);
    }

    @Property
    @Verifies("P-15")
    default void anyInterleavingDeliversWhatTheModelAllows(
            @ForAll(supplier = PubSubWorkloads.Interleaving.class) PubSubWorkload workload) {
        interleave(workload);
    }

    private void interleave(PubSubWorkload workload) {
        PubSubDriver.judge(this, "P-15", workload, model());
    }

    /** Must, may and must not, by the times of the calls. */
    private static Check<PubSubHistory> model() {
        return new NothingInvented()
                .and(new OnlyMatching())
                .and(new ReceivedOnce())
                .and(new NothingEarlier())
                .and(new NothingLater())
                .and(new InPublishOrder())
                .and(new NothingMissing())
                .and(new DropsCounted())
                .and(new EndsTold())
                .and(new ClosedRefusesPublishes());
    }
}
