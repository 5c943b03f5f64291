package org.brokertck.reference.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.brokertck.reference.Waits.eventually;
import static org.brokertck.reference.pubsub.Messages.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.ClosedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.reference.Call;
import org.brokertck.reference.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A closed broker refuses, remembers its counts and leaves no thread, from wherever it was closed. */
@Timeout(60)
class ClosingTest {
    private final InMemoryPubSubBroker broker = InMemoryPubSubBroker.open("closing", PubSubConfig.defaults());

    @Test
    void aClosedBrokerRefusesAllButCloseAndMetrics() {
        Subscription subscription = broker.subscribe("a");
        broker.publish("a", message("m"));
        subscription.take();
        PubSubMetrics before = broker.metrics();

        broker.close();
        broker.close();

        refused(() -> broker.publish("a", message("m")));
        refused(() -> broker.subscribe("a"));
        refused(() -> broker.subscribeWithPattern("#"));
        refused(() -> broker.unsubscribe("a"));
        assertThat(broker.metrics()).isEqualTo(new PubSubMetrics(before.topics(), before.others(), 0));
        assertThat(broker.name()).isEqualTo("closing");
        assertThat(subscription.take()).isEmpty();
        assertThat(Threads.named("brokertck-closing")).isEmpty();
    }

    private static void refused(Runnable call) {
        assertThatExceptionOfType(ClosedException.class)
                .isThrownBy(call::run)
                .withMessage("Broker 'closing' is closed: open a new one");
    }

    @Test
    void aSubscriberOfTheStreamMayCloseItsBroker() {
        List<String> signals = new CopyOnWriteArrayList<>();
        broker.subscribe("a").asPublisher().subscribe(new Flow.Subscriber<Message>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(Message message) {
                broker.close();
                signals.add(message.id());
            }

            @Override
            public void onError(Throwable thrown) {
                signals.add("error");
            }

            @Override
            public void onComplete() {
                signals.add("complete");
            }
        });

        broker.publish("a", message("m"));

        eventually().until(() -> signals, List.of("m", "complete")::equals);
        eventually().until(() -> Threads.named("subscriber-of-a").isEmpty());
        assertThat(Threads.named("brokertck-closing")).isEmpty();
    }

    @Test
    void whoIsToldOfAnIdleEndMayCloseTheBroker() throws Exception {
        PubSubConfig config =
                PubSubConfig.builder().idleTimeout(Duration.ofMillis(1)).build();
        InMemoryPubSubBroker idle = InMemoryPubSubBroker.open("closing-idle", config);
        CompletableFuture<EndReason> closed = new CompletableFuture<>();
        idle.subscribe("a").ended().thenAccept(reason -> {
            idle.close();
            closed.complete(reason);
        });

        assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo(EndReason.IDLE);
        eventually().until(() -> Threads.named("brokertck-closing-idle").isEmpty());
    }

    @Test
    void severalMayCloseAtOnceAndAllHaveEndedWhenAnyReturns() {
        for (int round = 0; round < 100; round++) {
            InMemoryPubSubBroker shared = InMemoryPubSubBroker.open("closing-shared", PubSubConfig.defaults());
            List<Subscription> subscriptions = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                subscriptions.add(shared.subscribe("a"));
            }
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                calls.add(Call.start(() -> {
                    shared.close();
                    assertThat(subscriptions).allMatch(it -> it.endReason().isPresent());
                    assertThat(shared.metrics().subscriptions()).isZero();
                }));
            }
            assertThat(calls).allMatch(it -> it.thrown() == null);
            assertThat(Threads.named("brokertck-closing-shared")).isEmpty();
        }
    }

    @Test
    void whoSubscribesWhileItClosesIsRefusedOrEnded() {
        for (int round = 0; round < 200; round++) {
            InMemoryPubSubBroker shared = InMemoryPubSubBroker.open("closing-shared", PubSubConfig.defaults());
            List<Subscription> made = new CopyOnWriteArrayList<>();
            Call subscribing = Call.start(() -> {
                while (true) {
                    made.add(shared.subscribe("a"));
                }
            });
            eventually().until(() -> made.size() > 3);
            shared.close();

            assertThat(subscribing.thrown()).isInstanceOf(ClosedException.class);
            assertThat(made).allMatch(it -> it.endReason().equals(Optional.of(EndReason.BROKER_CLOSED)));
            assertThat(shared.metrics().subscriptions()).isZero();
            assertThat(Threads.named("brokertck-closing-shared")).isEmpty();
        }
    }
}
