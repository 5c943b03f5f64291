package org.brokertck.tck.pubsub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.BrokerException;
import org.brokertck.api.message.Message;
import org.brokertck.api.target.Fault;
import org.brokertck.tck.check.pubsub.GapsTold;
import org.brokertck.tck.check.pubsub.InPublishOrder;
import org.brokertck.tck.check.pubsub.NothingInvented;
import org.brokertck.tck.check.pubsub.ReceivedOnce;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Server;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** After a lost connection the same instance works again, its subscriptions are back without a call, and gaps are told. */
public interface LostConnectionRules extends PubSubRules {
    /** How messages are called that show that a subscription is fed again; then comes when they were published. */
    String AGAIN = "again-";

    @Test
    @Verifies("G-14")
    @Needs(faults = Fault.CUT)
    default void theSameBrokerWorksAfterItsConnectionsWereCut() {
        try (Server server = Server.of(target())) {
            worksAgainAfter("G-14", List.of(server::cutConnections, server::cutConnections));
        }
    }

    @Test
    @Verifies("G-14")
    @Needs(faults = Fault.KILL)
    default void theSameBrokerWorksAfterItsServerCameBack() {
        try (Server server = Server.of(target())) {
            worksAgainAfter("G-14", List.of(server::killAndStart));
        }
    }

    @Property
    @Verifies("G-14")
    @Needs(faults = {Fault.CUT, Fault.PAUSE})
    default void theSameBrokerWorksAfterAnyInterruption(@ForAll @Size(min = 1, max = 3) List<Boolean> pauses) {
        try (Server server = Server.of(target())) {
            worksAgainAfter(
                    "G-14",
                    pauses.stream()
                            .<Runnable>map(it -> it ? () -> pauseAndCut(server) : server::cutConnections)
                            .toList());
        }
    }

    private static void pauseAndCut(Server server) {
        server.pause();
        server.cutConnections();
        server.resume();
    }

    /** Subscriptions from before the fault, and one made after it, receive what is published after it. */
    private void worksAgainAfter(String rule, List<Runnable> faults) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, rule)) {
            List<RecordedSubscription> subscriptions = new ArrayList<>(
                    List.of(broker.subscribe("order.created"), broker.subscribeWithPattern("*.created")));
            broker.publish("order.created", Messages.message("before"));
            subscriptions.forEach(broker::next);
            for (int i = 0; i < faults.size(); i++) {
                faults.get(i).run();
                int round = i;
                boolean published = broker.happensWithin(
                        timeouts().recovery(), () -> published(broker, "after-" + round + "-" + System.nanoTime()));
                broker.require(
                        published,
                        "publish did not work again within " + timeouts().recovery() + " after a fault");
                subscriptions.forEach(it -> requireFedAgain(broker, it));
                broker.happensWithin(timeouts().recovery(), () -> subscribed(broker, subscriptions));
                broker.require(
                        subscriptions.size() == round + 3,
                        "subscribe did not work again within " + timeouts().recovery() + " after a fault");
                requireFedAgain(broker, subscriptions.get(round + 2));
            }
            broker.judge(new NothingInvented().and(new ReceivedOnce()));
        }
    }

    private static boolean subscribed(PubSubUnderTest broker, List<RecordedSubscription> subscriptions) {
        try {
            return subscriptions.add(broker.recorded().subscribeWithPattern("order.#"));
        } catch (BrokerException notYet) {
            return false;
        }
    }

    /** Publishes until something arrives that was published after the call; takes all that is there each time. */
    private void requireFedAgain(PubSubUnderTest broker, RecordedSubscription subscription) {
        long start = System.nanoTime();
        boolean fed = broker.happensWithin(timeouts().recovery(), () -> {
            published(broker, AGAIN + System.nanoTime());
            Optional<Message> message = subscription.poll(timeouts().quiet());
            while (message.isPresent() && !isLater(message.get(), start)) {
                message = subscription.poll(Duration.ZERO);
            }
            return message.isPresent();
        });
        broker.require(
                fed,
                "%s to '%s' received nothing more within %s after a fault"
                        .formatted(
                                subscription.name(),
                                subscription.pattern(),
                                timeouts().recovery()));
    }

    private static boolean isLater(Message message, long start) {
        return message.id().startsWith(AGAIN) && Long.parseLong(message.id().substring(AGAIN.length())) > start;
    }

    private static boolean published(PubSubUnderTest broker, String id) {
        try {
            broker.onPublisherTolerant(
                    () -> broker.recorded().publish(PubSubUnderTest.MAIN, "order.created", Messages.message(id)));
            return true;
        } catch (BrokerException refusal) {
            return false;
        }
    }

    @Test
    @Verifies("P-18")
    @Needs(faults = Fault.CUT)
    default void gapsOfCutConnectionsAreTold() {
        cutWhilePublishing(List.of(0, 0, 0), 20);
    }

    /** Whether or not something is missing: who was cut off must say so, since nobody else can. */
    @Test
    @Verifies("P-18")
    @Needs(faults = Fault.KILL)
    default void theGapOfAServerThatWasGoneIsTold() {
        try (Server server = Server.of(target());
                PubSubUnderTest broker = PubSubUnderTest.open(this, "P-18")) {
            RecordedSubscription exact = broker.subscribe("order.created");
            RecordedSubscription pattern = broker.subscribeWithPattern("#");
            broker.publish("order.created", Messages.message("before"));
            List.of(exact, pattern).forEach(broker::next);
            server.killAndStart();
            for (RecordedSubscription subscription : List.of(exact, pattern)) {
                requireFedAgain(broker, subscription);
                broker.require(
                        subscription.gaps() >= 1,
                        "%s to '%s' is back after its server was gone, and says that it had no gap"
                                .formatted(subscription.name(), subscription.pattern()));
                broker.require(
                        subscription.endReason().isEmpty(),
                        "a subscription ended as %s when its server was gone"
                                .formatted(subscription
                                        .endReason()
                                        .map(Object::toString)
                                        .orElse("")));
            }
        }
    }

    @Property
    @Verifies("P-18")
    @Needs(faults = Fault.CUT)
    default void whatIsMissingAfterAnyCutsIsTold(
            @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 3) Integer> pauses,
            @ForAll @IntRange(min = 1, max = 20) int messages) {
        cutWhilePublishing(pauses, messages);
    }

    /** Publishes some messages before and after each cut; then each subscription must be back, and have told of what it missed. */
    private void cutWhilePublishing(List<Integer> pauses, int messages) {
        try (Server server = Server.of(target());
                PubSubUnderTest broker = PubSubUnderTest.open(this, "P-18")) {
            List<RecordedSubscription> subscriptions = List.of(
                    broker.subscribe("order.created"),
                    broker.subscribeWithPattern("order.*"),
                    broker.subscribeWithPattern("#"));
            publishSome(broker, "first", messages);
            for (int cut = 0; cut < pauses.size(); cut++) {
                server.cutConnections();
                for (int i = 0; i <= pauses.get(cut); i++) {
                    publishSome(broker, "cut-" + cut + "-" + i, messages);
                }
                subscriptions.forEach(it -> requireFedAgain(broker, it));
                int cuts = cut + 1;
                broker.require(
                        broker.happensWithin(
                                timeouts().await(), () -> subscriptions.stream().allMatch(it -> it.gaps() >= cuts)),
                        "every connection was cut %d times, and a subscription that is back says that it had fewer gaps"
                                .formatted(cuts));
            }
            publishSome(broker, "last", messages);
            broker.drain();
            broker.judge(new NothingInvented()
                    .and(new ReceivedOnce())
                    .and(new InPublishOrder())
                    .and(new GapsTold()));
        }
    }

    private static void publishSome(PubSubUnderTest broker, String prefix, int messages) {
        IntStream.range(0, messages).forEach(i -> published(broker, prefix + "-" + i));
    }
}
