package org.brokertck.tck.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.tck.check.pubsub.InPublishOrder;
import org.brokertck.tck.check.pubsub.NothingInvented;
import org.brokertck.tck.check.pubsub.NothingMissing;
import org.brokertck.tck.check.pubsub.ReceivedOnce;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.scenario.Interruptible;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Blocked calls answer an interrupt, and nothing is lost by it. */
public interface InterruptRules extends PubSubRules {
    @Test
    @Verifies("G-9")
    default void anInterruptEndsATake() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-9")) {
            RecordedSubscription subscription = broker.subscribe("order.created");
            interruptTake(broker, "take", subscription::take);
            broker.publishAll("order.created", Messages.numbered(3));
            broker.judgeDrained(new NothingMissing().and(new NothingInvented()));
        }
    }

    @Test
    @Verifies("G-9")
    default void anInterruptEndsAPoll() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-9")) {
            RecordedSubscription subscription = broker.subscribeWithPattern("order.#");
            interruptTake(broker, "poll", () -> subscription.poll(timeouts().recovery()));
            broker.publishAll("order.created", Messages.numbered(3));
            broker.judgeDrained(new NothingMissing().and(new NothingInvented()));
        }
    }

    private void interruptTake(PubSubUnderTest broker, String what, Callable<Optional<Message>> blocking) {
        Interruptible<Optional<Message>> call = Interruptible.start(what, blocking);
        broker.require(
                broker.stays(StillWaiting.in(call.running())),
                what + " did not wait, so there is nothing to interrupt");
        call.interrupt(timeouts().await().dividedBy(2), broker::refused, broker::require);
    }

    /** Takers are interrupted while messages come: each message is taken by one of them, or still there afterwards. */
    @Property
    @Verifies("G-9")
    default void interruptedTakesLoseNothing(
            @ForAll @IntRange(min = 1, max = 3) int takers, @ForAll @IntRange(min = 1, max = 20) int messages) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-9")) {
            RecordedSubscription subscription = broker.subscribe("order.created");
            List<Running<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < takers; i++) {
                running.add(Bounded.startRun("taker", () -> takeUntilInterrupted(subscription)));
            }
            List<Message> all = Messages.numbered(messages);
            for (int i = 0; i < messages; i++) {
                broker.publish("order.created", all.get(i));
                if (i % 3 == 0 && i / 3 < takers) {
                    running.get(i / 3).interrupt();
                }
            }
            running.forEach(it -> it.interrupt());
            running.forEach(it -> broker.run(
                    "an interrupted take",
                    timeouts().await(),
                    () -> it.await(timeouts().await().dividedBy(2))));
            broker.judgeDrained(new NothingInvented()
                    .and(new ReceivedOnce())
                    .and(new NothingMissing())
                    .and(new InPublishOrder()));
        }
    }

    private static void takeUntilInterrupted(RecordedSubscription subscription) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                subscription.take();
            }
        } catch (OperationInterruptedException asItShould) {
            // What was not taken is still there.
        }
    }

    /** An implementation may refuse what it would have to wait for; then no copy is anywhere. */
    @Property
    @Verifies("G-9")
    default void publishesOfInterruptedThreadsAreWholeOrNot(@ForAll @Size(min = 1, max = 6) List<Boolean> interrupted) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "G-9")) {
            RecordedSubscription first = broker.subscribe("order.created");
            RecordedSubscription second = broker.subscribeWithPattern("order.*");
            for (int i = 0; i < interrupted.size(); i++) {
                Message message = Messages.message("m-" + i);
                boolean flag = interrupted.get(i);
                broker.onPublisher("publish by a thread that is interrupted", () -> publishWith(broker, message, flag));
            }
            broker.judgeDrained(new NothingInvented().and(new NothingMissing()).and(new ReceivedOnce()));
            List<String> ofFirst = received(broker, first);
            List<String> ofSecond = received(broker, second);
            broker.require(
                    ofFirst.equals(ofSecond),
                    "publishes of interrupted threads were half done: one subscriber received %s, the other %s"
                            .formatted(ofFirst, ofSecond));
        }
    }

    private static void publishWith(PubSubUnderTest broker, Message message, boolean interrupted) {
        broker.require(
                Interruptible.leavesFlag(
                        interrupted, () -> broker.recorded().publish(PubSubUnderTest.MAIN, "order.created", message)),
                "publish took away the interrupt flag of its thread, or set one that was not there");
    }

    private static List<String> received(PubSubUnderTest broker, RecordedSubscription subscription) {
        return broker.history().takes().stream()
                .filter(it ->
                        it.subscription().equals(subscription.name()) && it.id().startsWith("m-"))
                .map(it -> it.id())
                .toList();
    }
}
