package org.brokertck.reference.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.reference.pubsub.Messages.drain;
import static org.brokertck.reference.pubsub.Messages.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.OverflowPolicy;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.pubsub.TopicCounts;
import org.brokertck.reference.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads at once: nothing is lost uncounted, nothing is out of order, and what a call promised holds when it returns. */
@Timeout(120)
class ConcurrencyTest {
    private static final int MESSAGES = 5_000;
    private static final int PUBLISHERS = 2;

    private static InMemoryPubSubBroker open(OverflowPolicy overflow) {
        return InMemoryPubSubBroker.open(
                "concurrent",
                PubSubConfig.builder().bufferCapacity(64).overflow(overflow).build());
    }

    private static List<Call> startPublishers(InMemoryPubSubBroker broker) {
        return IntStream.range(0, PUBLISHERS)
                .mapToObj(publisher -> Call.start(() -> {
                    for (int i = 0; i < MESSAGES; i++) {
                        broker.publish("p." + publisher, message(publisher + "-" + i));
                    }
                }))
                .toList();
    }

    private static void join(List<Call> calls) {
        assertThat(calls).allMatch(it -> it.thrown() == null);
    }

    /** Takes on a thread of its own until the end. */
    private static final class Taker {
        private final List<String> ids = new ArrayList<>();
        private final Call call;

        Taker(Subscription subscription) {
            call = Call.start(() -> {
                for (Optional<Message> next = subscription.take(); next.isPresent(); next = subscription.take()) {
                    ids.add(next.get().id());
                }
            });
        }

        List<String> awaitEnd() {
            assertThat(call.thrown()).isNull();
            return ids;
        }
    }

    @ParameterizedTest
    @EnumSource
    void takenAndDroppedAreAllThatMatchedAndEachPublisherIsHeardInOrder(OverflowPolicy overflow) {
        for (int round = 0; round < 10; round++) {
            try (InMemoryPubSubBroker broker = open(overflow)) {
                Subscription subscription = broker.subscribeWithPattern("p.*");
                Subscription shared = broker.subscribeWithPattern("#");
                Taker one = new Taker(subscription);
                List<Taker> several = List.of(new Taker(shared), new Taker(shared));
                join(startPublishers(broker));
                subscription.close();
                shared.close();

                List<String> heard = one.awaitEnd();
                assertThat(heard.size() + subscription.dropped()).isEqualTo(PUBLISHERS * MESSAGES);
                inOrder(heard);
                List<String> together = new ArrayList<>();
                several.forEach(it -> together.addAll(it.awaitEnd()));
                several.forEach(it -> inOrder(it.ids));
                assertThat(new HashSet<>(together)).hasSameSizeAs(together);
                assertThat(together.size() + shared.dropped()).isEqualTo(PUBLISHERS * MESSAGES);
                assertThat(broker.metrics().total())
                        .isEqualTo(new TopicCounts(
                                PUBLISHERS * MESSAGES,
                                heard.size() + together.size(),
                                subscription.dropped() + shared.dropped()));
            }
        }
    }

    private static void inOrder(List<String> ids) {
        Map<String, Integer> last = new HashMap<>();
        for (String id : ids) {
            int dash = id.indexOf('-');
            int number = Integer.parseInt(id.substring(dash + 1));
            Integer before = last.put(id.substring(0, dash), number);
            assertThat(before == null || before < number)
                    .as("%s after %s", id, before)
                    .isTrue();
        }
    }

    @Test
    void atTheEndOfASubscriptionNothingIsLostUncounted() {
        for (int round = 0; round < 30; round++) {
            try (InMemoryPubSubBroker broker = open(OverflowPolicy.DROP_OLDEST)) {
                Subscription subscription = broker.subscribeWithPattern("#");
                Taker taker = new Taker(subscription);
                List<Call> publishers = startPublishers(broker);
                for (int i = 0; i < 50; i++) {
                    subscription.poll(Duration.ZERO);
                }
                subscription.close();
                List<String> after = drain(subscription);
                long dropped = subscription.dropped();
                taker.awaitEnd();
                TopicCounts counts = broker.metrics().total();
                join(publishers);

                assertThat(after.size()).isLessThanOrEqualTo(64);
                assertThat(subscription.dropped()).isEqualTo(dropped);
                assertThat(broker.metrics().total().dropped())
                        .isEqualTo(counts.dropped())
                        .isEqualTo(dropped);
                assertThat(broker.metrics().total().delivered()).isEqualTo(counts.delivered());
            }
        }
    }

    @Test
    void aSubscriptionHearsWhatIsPublishedAfterItBeganAndNothingAfterItEnded() {
        AtomicBoolean over = new AtomicBoolean();
        try (InMemoryPubSubBroker broker = open(OverflowPolicy.DROP_OLDEST)) {
            Call churn = Call.start(() -> {
                while (!over.get()) {
                    broker.subscribeWithPattern("#").close();
                    broker.publish("other", message("other"));
                }
            });
            for (int i = 0; i < 2_000; i++) {
                Subscription subscription = broker.subscribe("mine");
                broker.publish("mine", message("in"));
                if (i % 2 == 0) {
                    subscription.close();
                } else {
                    broker.unsubscribe("mine");
                }
                broker.publish("mine", message("late"));
                assertThat(drain(subscription)).containsExactly("in");
            }
            over.set(true);
            assertThat(churn.thrown()).isNull();
            assertThat(broker.metrics().subscriptions()).isZero();
        }
    }

    @Test
    void countersNeverGoBackAndNothingIsDeliveredThatWasNotPublished() {
        try (InMemoryPubSubBroker broker = open(OverflowPolicy.DROP_NEWEST)) {
            Subscription subscription = broker.subscribeWithPattern("#");
            Taker taker = new Taker(subscription);
            List<Call> publishers = startPublishers(broker);
            TopicCounts last = TopicCounts.NONE;
            while (!publishers.stream().allMatch(Call::isOver)) {
                PubSubMetrics metrics = broker.metrics();
                TopicCounts now = metrics.total();
                assertThat(now.published()).isGreaterThanOrEqualTo(last.published());
                assertThat(now.delivered()).isGreaterThanOrEqualTo(last.delivered());
                assertThat(now.dropped()).isGreaterThanOrEqualTo(last.dropped());
                assertThat(now.delivered() + now.dropped()).isLessThanOrEqualTo(now.published());
                last = now;
            }
            subscription.close();
            taker.awaitEnd();
        }
    }
}
