package org.brokertck.reference.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.reference.pubsub.Messages.drain;
import static org.brokertck.reference.pubsub.Messages.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.OverflowPolicy;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.reference.Call;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.reference.time.VirtualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Takes wait, end and are interrupted as the contract says; a full buffer drops as it was told to. */
@Timeout(60)
class TakingTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration AGES = Duration.ofSeconds(Long.MAX_VALUE);

    private final VirtualClock clock = new VirtualClock();
    private final List<Optional<Message>> taken = new CopyOnWriteArrayList<>();

    private InMemoryPubSubBroker open(OverflowPolicy overflow) {
        PubSubConfig config = PubSubConfig.builder()
                .bufferCapacity(3)
                .overflow(overflow)
                .idleTimeout(HOUR.multipliedBy(24))
                .build();
        return InMemoryPubSubBroker.open("taking", config, clock);
    }

    private static void publish(InMemoryPubSubBroker broker, int messages) {
        IntStream.rangeClosed(1, messages).forEach(i -> broker.publish("a", message("m" + i)));
    }

    @Test
    void aFullBufferDropsTheOldest() {
        try (InMemoryPubSubBroker broker = open(OverflowPolicy.DROP_OLDEST)) {
            Subscription subscription = broker.subscribe("a");
            publish(broker, 5);

            assertThat(drain(subscription)).containsExactly("m3", "m4", "m5");
            assertThat(subscription.dropped()).isEqualTo(2);
        }
    }

    @Test
    void aFullBufferDropsTheNewest() {
        try (InMemoryPubSubBroker broker = open(OverflowPolicy.DROP_NEWEST)) {
            Subscription subscription = broker.subscribe("a");
            publish(broker, 5);

            assertThat(drain(subscription)).containsExactly("m1", "m2", "m3");
            assertThat(subscription.dropped()).isEqualTo(2);
        }
    }

    @Test
    void aTakeWaitsForAMessageAndAsLongAsItTakes() {
        try (InMemoryPubSubBroker broker = open(OverflowPolicy.DROP_OLDEST)) {
            Subscription subscription = broker.subscribe("a");
            Call take = Call.waiting(() -> taken.add(subscription.take()));
            Call poll = Call.waiting(() -> taken.add(subscription.poll(AGES)));
            clock.advance(Duration.ofDays(3650));
            assertThat(take.isOver() || poll.isOver()).isFalse();

            publish(broker, 2);

            assertThat(take.thrown()).isNull();
            assertThat(poll.thrown()).isNull();
            assertThat(taken).extracting(it -> it.orElseThrow().id()).containsExactlyInAnyOrder("m1", "m2");
        }
    }

    @Test
    void aPollWaitsForItsTimeout() {
        try (InMemoryPubSubBroker broker = open(OverflowPolicy.DROP_OLDEST)) {
            Subscription subscription = broker.subscribe("a");
            assertThat(subscription.poll(Duration.ZERO)).isEmpty();
            Call poll = Call.waiting(() -> taken.add(subscription.poll(HOUR)));

            clock.advance(HOUR.minusNanos(1));
            assertThat(poll.isOver()).isFalse();
            clock.advance(Duration.ofNanos(1));

            assertThat(poll.thrown()).isNull();
            assertThat(taken).containsExactly(Optional.empty());
            publish(broker, 1);
            assertThat(drain(subscription)).containsExactly("m1");
        }
    }

    @Test
    void eachMessageIsTakenByOneOfSeveral() {
        try (InMemoryPubSubBroker broker = open(OverflowPolicy.DROP_OLDEST)) {
            Subscription subscription = broker.subscribe("a");
            List<Call> takes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                takes.add(Call.waiting(() -> taken.add(subscription.take())));
            }
            publish(broker, 3);

            assertThat(takes).allMatch(it -> it.thrown() == null);
            assertThat(taken).extracting(it -> it.orElseThrow().id()).containsExactlyInAnyOrder("m1", "m2", "m3");
            assertThat(subscription.dropped()).isZero();
        }
    }

    @Test
    void anEndWakesAllWhoTakeAndLeavesWhatIsBuffered() {
        InMemoryPubSubBroker broker = open(OverflowPolicy.DROP_OLDEST);
        ends(broker, Subscription::close, EndReason.CLOSED);
        ends(broker, it -> broker.unsubscribe("a"), EndReason.UNSUBSCRIBED);
        ends(broker, it -> broker.close(), EndReason.BROKER_CLOSED);
    }

    private interface End {
        void of(Subscription subscription);
    }

    private void ends(InMemoryPubSubBroker broker, End end, EndReason reason) {
        taken.clear();
        Subscription subscription = broker.subscribe("a");
        Subscription full = broker.subscribe("a");
        List<EndReason> told = new CopyOnWriteArrayList<>();
        subscription.ended().thenAccept(told::add);
        Call take = Call.waiting(() -> taken.add(subscription.take()));
        Call poll = Call.waiting(() -> taken.add(subscription.poll(AGES)));
        publish(broker, 2);
        assertThat(take.thrown()).isNull();
        assertThat(poll.thrown()).isNull();
        take = Call.waiting(() -> taken.add(subscription.take()));
        poll = Call.waiting(() -> taken.add(subscription.poll(AGES)));

        end.of(subscription);
        end.of(full);

        assertThat(take.thrown()).isNull();
        assertThat(poll.thrown()).isNull();
        assertThat(taken).hasSize(4).endsWith(Optional.empty(), Optional.empty());
        assertThat(subscription.endReason()).contains(reason);
        assertThat(told).containsExactly(reason);
        assertThat(full.take().orElseThrow().id()).isEqualTo("m1");
        assertThat(drain(full)).containsExactly("m2");
        assertThat(full.take()).isEmpty();
        assertThat(full.dropped()).isZero();
        subscription.close();
        assertThat(subscription.endReason()).contains(reason);
    }

    @Test
    void anInterruptedTakeThrowsWithItsFlagSetAndTakesNothing() {
        try (SystemTimeSource system = new SystemTimeSource("brokertck-taking-timer")) {
            for (TimeSource time : List.of(clock, system)) {
                try (InMemoryPubSubBroker broker = InMemoryPubSubBroker.open("taking", PubSubConfig.defaults(), time)) {
                    Subscription subscription = broker.subscribe("a");
                    interrupted(subscription::take);
                    interrupted(() -> subscription.poll(HOUR));
                    publish(broker, 2);
                    assertThat(drain(subscription)).containsExactly("m1", "m2");
                }
            }
        }
    }

    private static void interrupted(Runnable take) {
        Call call = Call.waiting(take);
        call.thread.interrupt();
        assertThat(call.thrown())
                .isInstanceOf(OperationInterruptedException.class)
                .hasMessage("Interrupted while waiting for a message of 'a': none was taken");
        assertThat(call.leftInterrupted()).isTrue();
    }

    @Test
    void nobodyButTheSubscriptionSaysThatItHasEnded() {
        try (InMemoryPubSubBroker broker = open(OverflowPolicy.DROP_OLDEST)) {
            Subscription subscription = broker.subscribe("a");
            subscription.ended().toCompletableFuture().complete(EndReason.IDLE);
            assertThat(subscription.endReason()).isEmpty();

            subscription.close();
            assertThat(subscription.ended().toCompletableFuture()).isCompletedWithValue(EndReason.CLOSED);
        }
    }
}
