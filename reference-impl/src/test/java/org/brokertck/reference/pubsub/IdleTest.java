package org.brokertck.reference.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.reference.pubsub.Messages.drain;
import static org.brokertck.reference.pubsub.Messages.message;

import java.time.Duration;
import java.util.Map;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.pubsub.TopicCounts;
import org.brokertck.reference.Call;
import org.brokertck.reference.CountedAlarms;
import org.brokertck.reference.Threads;
import org.brokertck.reference.Waits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who takes nothing for the idle timeout is removed at its very end; who takes, or waits, stays. */
@Timeout(60)
class IdleTest {
    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final Duration NANO = Duration.ofNanos(1);
    private static final PubSubConfig CONFIG =
            PubSubConfig.builder().idleTimeout(TIMEOUT).build();

    private final CountedAlarms time = new CountedAlarms();
    private final InMemoryPubSubBroker broker = InMemoryPubSubBroker.open("idle", CONFIG, time);

    @AfterEach
    void close() {
        broker.close();
        assertThat(time.pending).hasValue(0);
    }

    @Test
    void whoTakesNothingIsRemovedAndItsBufferIsFreed() {
        Subscription idle = broker.subscribe("a");
        broker.publish("a", message("m"));
        broker.publish("a", message("n"));

        time.clock.advance(TIMEOUT.minus(NANO));
        assertThat(idle.endReason()).isEmpty();
        time.clock.advance(NANO);

        assertThat(idle.endReason()).contains(EndReason.IDLE);
        assertThat(idle.ended().toCompletableFuture()).isCompletedWithValue(EndReason.IDLE);
        assertThat(drain(idle)).isEmpty();
        assertThat(idle.dropped()).isEqualTo(2);
        broker.publish("a", message("late"));
        assertThat(broker.metrics().topics()).isEqualTo(Map.of("a", new TopicCounts(3, 0, 2)));
        assertThat(broker.metrics().subscriptions()).isZero();
        idle.close();
        assertThat(idle.endReason()).contains(EndReason.IDLE);
    }

    @Test
    void whoPollsStaysEvenIfThereIsNothing() {
        Subscription polling = broker.subscribe("a");
        for (int i = 0; i < 10; i++) {
            time.clock.advance(TIMEOUT.minus(NANO));
            assertThat(polling.poll(Duration.ZERO)).isEmpty();
        }
        time.clock.advance(TIMEOUT.minus(NANO));
        assertThat(polling.endReason()).isEmpty();
        time.clock.advance(NANO);
        assertThat(polling.endReason()).contains(EndReason.IDLE);
    }

    @Test
    void whoWaitsStaysAndTheTimeCountsFromTheEndOfTheWait() {
        Subscription waiting = broker.subscribe("a");
        Call take = Call.waiting(waiting::take);
        time.clock.advance(TIMEOUT.multipliedBy(100).plusMinutes(10));
        assertThat(waiting.endReason()).isEmpty();

        broker.publish("a", message("m"));

        assertThat(take.thrown()).isNull();
        time.clock.advance(TIMEOUT.minus(NANO));
        assertThat(waiting.endReason()).isEmpty();
        time.clock.advance(NANO);
        assertThat(waiting.endReason()).contains(EndReason.IDLE);
    }

    @Test
    void anInterruptedWaitCountsAsOne() {
        Subscription waiting = broker.subscribe("a");
        Call take = Call.waiting(waiting::take);
        time.clock.advance(TIMEOUT.plusMinutes(30));
        take.thread.interrupt();
        assertThat(take.leftInterrupted()).isTrue();

        time.clock.advance(TIMEOUT.minus(NANO));
        assertThat(waiting.endReason()).isEmpty();
        time.clock.advance(NANO);
        assertThat(waiting.endReason()).contains(EndReason.IDLE);
    }

    @Test
    void thereIsOneAlarmForEachThatLives() {
        Subscription one = broker.subscribe("a");
        Subscription other = broker.subscribe("a");
        for (int i = 0; i < 100; i++) {
            one.poll(Duration.ZERO);
        }
        assertThat(time.pending).hasValue(2);
        time.clock.advance(TIMEOUT.dividedBy(2));
        one.poll(Duration.ZERO);
        time.clock.advance(TIMEOUT.dividedBy(2));
        assertThat(other.endReason()).contains(EndReason.IDLE);
        assertThat(time.pending).hasValue(1);
        one.close();
        assertThat(time.pending).hasValue(0);
    }

    @Test
    void thoseOfASystemsTimeAreRemovedToo() {
        PubSubConfig config =
                PubSubConfig.builder().idleTimeout(Duration.ofMillis(1)).build();
        try (InMemoryPubSubBroker real = InMemoryPubSubBroker.open("idle-for-real", config)) {
            Subscription idle = real.subscribe("a");
            Waits.eventually().until(() -> idle.endReason().isPresent());
            assertThat(idle.endReason()).contains(EndReason.IDLE);
            Waits.eventually().until(() -> real.metrics().subscriptions() == 0);
        }
        assertThat(Threads.named("brokertck-idle-for-real")).isEmpty();
    }
}
