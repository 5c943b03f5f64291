package org.brokertck.tck.pubsub;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Thrown;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Whatever a reactive subscriber does, the others receive their messages. */
public interface StreamRules extends PubSubRules {
    @Test
    @Verifies("G-12")
    default void aSubscriberThatThrowsEndsItsOwnSubscriptionOnly() {
        for (Thrown thrown : Thrown.values()) {
            listenBesideThrowing(List.of(thrown), 5);
        }
    }

    @Property
    @Verifies("G-12")
    default void subscribersThatThrowHarmNoOther(
            @ForAll @Size(min = 1, max = 4) List<Thrown> thrown, @ForAll @IntRange(min = 1, max = 10) int messages) {
        listenBesideThrowing(thrown, messages);
    }

    private void listenBesideThrowing(List<Thrown> thrown, int messages) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-12")) {
            Listener before = listen(broker);
            List<RecordedSubscription> throwing = thrown.stream()
                    .map(it -> {
                        RecordedSubscription subscription = broker.subscribeWithPattern("order.*");
                        subscription.unrecorded().asPublisher().subscribe(new Listener(message -> it.happen()));
                        return subscription;
                    })
                    .toList();
            Listener after = listen(broker);
            RecordedSubscription taken = broker.subscribe("order.created");
            broker.publishAll("order.created", Messages.numbered(messages));
            throwing.forEach(it -> broker.requireEnded(it, EndReason.CLOSED));
            broker.publish("order.created", Messages.message("later"));
            Listener late = listen(broker);
            broker.publish("order.created", Messages.message("last"));
            requireHeard(broker, before, messages + 2);
            requireHeard(broker, after, messages + 2);
            requireHeard(broker, late, 1);
            for (int i = 0; i < messages + 2; i++) {
                broker.next(taken);
            }
        }
    }

    private static Listener listen(PubSubUnderTest broker) {
        Listener listener = new Listener(message -> {});
        broker.subscribe("order.created").unrecorded().asPublisher().subscribe(listener);
        return listener;
    }

    private static void requireHeard(PubSubUnderTest broker, Listener listener, int messages) {
        broker.happensWithin(
                broker.timeouts().await(), () -> listener.received().size() >= messages);
        List<String> heard = listener.received().stream().map(Message::id).toList();
        broker.require(
                heard.size() == messages && heard.get(messages - 1).equals("last"),
                "beside a subscriber that threw or was late, another one received %s, where %d messages up to 'last' are due"
                        .formatted(heard, messages));
    }

    @Test
    @Verifies("G-12")
    default void aSubscriberThatIsLateHoldsUpNoOther() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-12")) {
            // For longer than the wait for the others, or the late one would be done before they are missed.
            Gate gate = new Gate(timeouts().await().multipliedBy(2));
            Listener late = new Listener(held(gate));
            broker.subscribe("order.created").unrecorded().asPublisher().subscribe(late);
            broker.publish("order.created", Messages.message("held"));
            broker.await("the start of a late subscriber", () -> gate.inside() == 1);
            Listener other = listen(broker);
            int messages = 20;
            broker.publishAll(
                    "order.created",
                    IntStream.range(1, messages)
                            .mapToObj(i -> Messages.message("m-" + i))
                            .toList());
            broker.publish("order.created", Messages.message("last"));
            requireHeard(broker, other, messages);
            gate.open();
            requireHeard(broker, late, messages + 1);
        }
    }

    private static Consumer<Message> held(MessageHandler gate) {
        return message -> {
            try {
                gate.handle(message);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
