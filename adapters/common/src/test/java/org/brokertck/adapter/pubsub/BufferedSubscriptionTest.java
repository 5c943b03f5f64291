package org.brokertck.adapter.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.OverflowPolicy;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.TopicCounts;
import org.brokertck.api.pubsub.TopicPattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BufferedSubscriptionTest {

    private final TopicCounters counters = new TopicCounters(10);
    private final AtomicInteger closings = new AtomicInteger();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void dropsTheOldestAndCountsIt() {
        BufferedSubscription subscription = buffering(2, OverflowPolicy.DROP_OLDEST);

        offer(subscription, "a", "b", "c");

        assertThat(taken(subscription)).containsExactly("b", "c");
        assertThat(subscription.dropped()).isEqualTo(1);
        assertThat(counters.sample(0).of("t")).isEqualTo(new TopicCounts(0, 2, 1));
    }

    @Test
    void dropsTheNewestAndCountsIt() {
        BufferedSubscription subscription = buffering(2, OverflowPolicy.DROP_NEWEST);

        offer(subscription, "a", "b", "c");

        assertThat(taken(subscription)).containsExactly("a", "b");
        assertThat(subscription.dropped()).isEqualTo(1);
    }

    @Test
    void keepsWhatIsBufferedWhenItEndsAndNothingLater() {
        BufferedSubscription subscription = buffering(9, OverflowPolicy.DROP_OLDEST);
        offer(subscription, "a");

        subscription.close();
        subscription.close();
        offer(subscription, "late");

        assertThat(taken(subscription)).containsExactly("a");
        assertThat(subscription.take()).isEmpty();
        assertThat(subscription.endReason()).contains(EndReason.CLOSED);
        assertThat(subscription.end(EndReason.UNSUBSCRIBED)).isFalse();
        assertThat(closings).hasValue(1);
    }

    @Test
    void tellsWhoWaitsOfTheEndAndWhy() {
        BufferedSubscription subscription = buffering(9, OverflowPolicy.DROP_OLDEST);
        CompletableFuture<Optional<EndReason>> seen = CompletableFuture.supplyAsync(() -> {
            assertThat(subscription.take()).isEmpty();
            return subscription.endReason();
        });

        subscription.end(EndReason.BROKER_CLOSED);

        assertThat(seen.orTimeout(20, TimeUnit.SECONDS).join()).contains(EndReason.BROKER_CLOSED);
        assertThat(closings).hasValue(0);
    }

    @Test
    void answersAnInterruptWithoutLosingAnything() {
        BufferedSubscription subscription = buffering(9, OverflowPolicy.DROP_OLDEST);
        Thread.currentThread().interrupt();

        assertThatThrownBy(subscription::take).isInstanceOf(OperationInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        offer(subscription, "a");
        assertThat(taken(subscription)).containsExactly("a");
    }

    @Test
    void removesWhatIdlesAndCountsWhatItFrees() {
        PubSubConfig config =
                PubSubConfig.builder().idleTimeout(Duration.ofMillis(50)).build();
        BufferedSubscription subscription = of(config);
        offer(subscription, "a", "b");

        new IdleWatch(timer).watch(subscription);

        assertThat(subscription
                        .ended()
                        .toCompletableFuture()
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join())
                .isEqualTo(EndReason.IDLE);
        assertThat(subscription.take()).isEmpty();
        assertThat(subscription.dropped()).isEqualTo(2);
        assertThat(counters.sample(0).of("t")).isEqualTo(new TopicCounts(0, 0, 2));
    }

    @Test
    void leavesAloneWhoWaits() throws InterruptedException {
        Duration idle = Duration.ofMillis(1);
        BufferedSubscription subscription =
                of(PubSubConfig.builder().idleTimeout(idle).build());
        Thread taker = new Thread(subscription::take, "taker");
        taker.start();
        await().until(() -> taker.getState() == Thread.State.TIMED_WAITING);
        await().pollDelay(idle.multipliedBy(2)).until(() -> true);

        assertThat(subscription.endIfIdle()).isEqualTo(idle.toNanos());
        assertThat(subscription.endReason()).isEmpty();

        subscription.close();
        taker.join();
    }

    @Test
    void forgetsTheWatchOfWhatEnded() {
        BufferedSubscription subscription = of(PubSubConfig.defaults());
        var pool = new ScheduledThreadPoolExecutor(1);
        pool.setRemoveOnCancelPolicy(true);
        new IdleWatch(pool).watch(subscription);
        assertThat(pool.getQueue()).hasSize(1);

        subscription.close();

        assertThat(pool.getQueue()).isEmpty();
        pool.shutdownNow();
    }

    @Test
    void eachCopyIsTakenDroppedOrBufferedUnderLoad() {
        for (int round = 0; round < 50; round++) {
            TopicCounters fresh = new TopicCounters(1);
            BufferedSubscription subscription = buffering(16, OverflowPolicy.DROP_OLDEST);
            ConcurrentLinkedQueue<Message> received = new ConcurrentLinkedQueue<>();
            List<CompletableFuture<Void>> takers = IntStream.range(0, 2)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> {
                        for (var it = subscription.take(); it.isPresent(); it = subscription.take()) {
                            received.add(it.get());
                        }
                    }))
                    .toList();

            for (int i = 0; i < 2000; i++) {
                subscription.offer(message("m" + i), fresh.of("t"));
            }
            subscription.end(EndReason.UNSUBSCRIBED);
            takers.forEach(it -> it.orTimeout(20, TimeUnit.SECONDS).join());

            assertThat(received.size() + subscription.dropped()).isEqualTo(2000);
            assertThat(fresh.sample(0).total()).isEqualTo(new TopicCounts(0, received.size(), subscription.dropped()));
        }
    }

    private BufferedSubscription buffering(int capacity, OverflowPolicy overflow) {
        return of(PubSubConfig.builder()
                .bufferCapacity(capacity)
                .overflow(overflow)
                .build());
    }

    private BufferedSubscription of(PubSubConfig config) {
        return new BufferedSubscription(TopicPattern.of("t"), config, it -> closings.incrementAndGet());
    }

    private void offer(BufferedSubscription subscription, String... ids) {
        for (String id : ids) {
            subscription.offer(message(id), counters.of("t"));
        }
    }

    private static Message message(String id) {
        return Message.builder().id(id).topic("t").build();
    }

    private static List<String> taken(BufferedSubscription subscription) {
        List<String> ids = new ArrayList<>();
        for (var it = subscription.poll(Duration.ZERO); it.isPresent(); it = subscription.poll(Duration.ZERO)) {
            ids.add(it.get().id());
        }
        return ids;
    }
}
