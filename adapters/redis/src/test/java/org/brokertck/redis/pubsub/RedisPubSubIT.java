package org.brokertck.redis.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.pubsub.TopicCounts;
import org.brokertck.redis.RedisBroker;
import org.brokertck.redis.WithServer;
import org.junit.jupiter.api.Test;

/** What publish/subscribe does over a real server. */
class RedisPubSubIT extends WithServer {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final PubSubBroker pubSub = open("it-" + System.nanoTime(), PubSubConfig.defaults());

    @Test
    void topicsAreMatchedExactlyWhateverGlobsMakeOfThem() {
        Subscription pattern = pubSub.subscribeWithPattern("order.#");
        Subscription brackets = pubSub.subscribeWithPattern("[a-z]?\\.*");
        Subscription halves = pubSub.subscribeWithPattern("\uD800.*");
        Subscription exact = pubSub.subscribe("order");

        for (String topic : List.of("order", "orders", "order.a.b", "b?\\.x", "[a-z]?\\.x", "\uD800.y", "\uD801.y")) {
            pubSub.publish(topic, Message.builder().id(topic).build());
        }

        assertThat(take(pattern, 2)).containsExactly("order", "order.a.b");
        assertThat(take(brackets, 1)).containsExactly("[a-z]?\\.x");
        assertThat(take(halves, 1)).containsExactly("\uD800.y");
        assertThat(take(exact, 1)).containsExactly("order");
        for (Subscription each : List.of(pattern, brackets, halves, exact)) {
            assertThat(each.poll(SHORT)).isEmpty();
        }
    }

    @Test
    void aMessageComesOnceForEachSubscription() {
        List<Subscription> all = List.of(
                pubSub.subscribeWithPattern("#.#"),
                pubSub.subscribeWithPattern("a.#"),
                pubSub.subscribeWithPattern("a.#"),
                pubSub.subscribeWithPattern("a.b"),
                pubSub.subscribe("a.b"));

        pubSub.publish("a.b", Message.builder().id("m").build());

        for (Subscription each : all) {
            assertThat(take(each, 1)).containsExactly("m");
            assertThat(each.poll(SHORT)).isEmpty();
        }
    }

    @Test
    void moreKindsOfPatternsThanGlobsAreServedAllTheSame() {
        List<Subscription> all = IntStream.range(0, 100)
                .mapToObj(i -> pubSub.subscribeWithPattern("t" + i + ".*"))
                .toList();

        for (int i = 0; i < 100; i++) {
            pubSub.publish("t" + i + ".x", Message.builder().id("m" + i).build());
        }

        for (int i = 0; i < 100; i++) {
            assertThat(take(all.get(i), 1)).containsExactly("m" + i);
        }
        all.forEach(Subscription::close);
        assertThat(pubSub.metrics().subscriptions()).isZero();
    }

    @Test
    void instancesOfOneNameHearEachOtherAndOthersNothing() {
        PubSubBroker same = open(pubSub.name(), PubSubConfig.defaults());
        PubSubBroker longer = open(pubSub.name() + ".x", PubSubConfig.defaults());
        Subscription here = same.subscribeWithPattern("#");
        Subscription there = longer.subscribeWithPattern("#");

        pubSub.publish("a", Message.builder().id("m").build());

        assertThat(take(here, 1)).containsExactly("m");
        assertThat(there.poll(SHORT)).isEmpty();
    }

    @Test
    void nothingPublishedBeforeTheCallArrives() {
        Subscription first = pubSub.subscribe("a");
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < 20; i++) {
                pubSub.publish("a", Message.builder().id("before").build());
            }
            try (Subscription late = pubSub.subscribe("a")) {
                pubSub.publish("a", Message.builder().id("after").build());
                assertThat(take(late, 1)).containsExactly("after");
            }
        }
        first.close();
    }

    @Test
    void aLostConnectionLeavesAGapAndNoMore() {
        Subscription exact = pubSub.subscribe("a.b");
        Subscription pattern = pubSub.subscribeWithPattern("a.*");

        for (int round = 1; round <= 3; round++) {
            int gaps = round;
            server.call("CLIENT", "KILL", "TYPE", "pubsub");
            await().until(() -> exact.gaps() == gaps && pattern.gaps() == gaps);
            AtomicInteger numbers = new AtomicInteger();
            await().until(() -> {
                pubSub.publish(
                        "a.b",
                        Message.builder().id("" + numbers.incrementAndGet()).build());
                return exact.poll(SHORT).isPresent();
            });
            drain(exact);
            drain(pattern);
            pubSub.publish("a.b", Message.builder().id("after").build());
            assertThat(take(exact, 1)).containsExactly("after");
            assertThat(take(pattern, 1)).containsExactly("after");
        }
        assertThat(exact.gaps()).isEqualTo(3);
    }

    @Test
    void aSubscriberThatTakesNothingHoldsUpNobody() {
        PubSubBroker small =
                open(pubSub.name(), PubSubConfig.builder().bufferCapacity(10).build());
        Subscription stopped = small.subscribe("a");
        Subscription other = small.subscribe("end");
        byte[] payload = new byte[1 << 20];
        for (int i = 0; i < 100; i++) {
            pubSub.publish("a", Message.builder().id("m" + i).payload(payload).build());
        }
        pubSub.publish("end", Message.builder().id("end").build());

        assertThat(take(other, 1)).containsExactly("end");
        assertThat(stopped.dropped()).isEqualTo(90);
        assertThat(stopped.gaps()).isZero();
        assertThat(small.metrics().of("a")).isEqualTo(new TopicCounts(0, 0, 90));
    }

    @Test
    void idlersAreRemovedFromTheServerToo() {
        PubSubBroker brief = open(
                pubSub.name(),
                PubSubConfig.builder().idleTimeout(Duration.ofMillis(200)).build());
        Subscription idle = brief.subscribe("idle");

        await().until(() -> idle.endReason().isPresent());

        assertThat(idle.endReason()).contains(EndReason.IDLE);
        assertThat(brief.metrics().subscriptions()).isZero();
        String channels = "brokertck-pubsub:" + pubSub.name() + ":*";
        await().until(() -> List.of().equals(server.call("PUBSUB", "CHANNELS", channels)));
    }

    @Test
    void anInterruptHarmsNobodyElse() {
        Subscription subscription = pubSub.subscribe("a");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> pubSub.publish("a", Message.builder().build()))
                .isInstanceOf(OperationInterruptedException.class);
        assertThatThrownBy(() -> pubSub.subscribe("b")).isInstanceOf(OperationInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();

        pubSub.publish("a", Message.builder().id("m").build());
        assertThat(take(subscription, 1)).containsExactly("m");
        assertThat(subscription.gaps()).isZero();
    }

    @Test
    void whatIsTooLargeIsRefusedAndTheLargestTaken() {
        Subscription subscription = pubSub.subscribe("a");
        assertThatThrownBy(() -> pubSub.publish(
                        "a",
                        Message.builder()
                                .payload(new byte[RedisBroker.LIMITS.maxPayloadBytes() + 1])
                                .build()))
                .isInstanceOf(MessageTooLargeException.class);
        pubSub.publish(
                "a",
                Message.builder()
                        .id("m")
                        .payload(new byte[RedisBroker.LIMITS.maxPayloadBytes()])
                        .build());
        assertThat(take(subscription, 1)).containsExactly("m");
    }

    @Test
    void closingEndsAllAndLeavesTheFigures() {
        Subscription subscription = pubSub.subscribe("a");
        pubSub.publish("a", Message.builder().id("m").build());
        await().until(() -> pubSub.metrics().of("a").published() == 1);
        List<String> taken = take(subscription, 1);

        pubSub.close();
        pubSub.close();

        assertThat(taken).containsExactly("m");
        assertThat(subscription.take()).isEmpty();
        assertThat(subscription.endReason()).contains(EndReason.BROKER_CLOSED);
        assertThat(pubSub.metrics().of("a")).isEqualTo(new TopicCounts(1, 1, 0));
        assertThatThrownBy(() -> pubSub.subscribe("a")).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> pubSub.publish("a", Message.builder().build())).isInstanceOf(ClosedException.class);
    }

    private PubSubBroker open(String name, PubSubConfig config) {
        return broker.openPubSub(name, config);
    }

    private static List<String> take(Subscription subscription, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(subscription.poll(LONG).orElseThrow().id());
        }
        return ids;
    }

    private static void drain(Subscription subscription) {
        while (subscription.poll(SHORT).isPresent()) {
            // Whatever came of the tries.
        }
    }
}
