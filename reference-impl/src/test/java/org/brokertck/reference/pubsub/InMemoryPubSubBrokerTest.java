package org.brokertck.reference.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.brokertck.reference.pubsub.Messages.drain;
import static org.brokertck.reference.pubsub.Messages.message;

import java.time.Duration;
import java.util.Map;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.pubsub.TopicCounts;
import org.brokertck.api.target.Limits;
import org.brokertck.reference.time.VirtualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who receives what, what is refused, and what is counted. */
@Timeout(60)
class InMemoryPubSubBrokerTest {
    private final InMemoryPubSubBroker broker = InMemoryPubSubBroker.open(
            "topics", PubSubConfig.builder().bufferCapacity(3).countedTopics(3).build(), new VirtualClock());

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void everySubscriptionThatMatchesReceivesACopyAndNoneReceivesTwo() {
        Subscription exact = broker.subscribe("order.created");
        Subscription twin = broker.subscribe("order.created");
        Subscription one = broker.subscribeWithPattern("order.*");
        Subscription any = broker.subscribeWithPattern("#.#");
        Subscription other = broker.subscribeWithPattern("order.*.*");

        broker.publish("order.created", message("m"));

        assertThat(drain(exact)).containsExactly("m");
        assertThat(drain(twin)).containsExactly("m");
        assertThat(drain(one)).containsExactly("m");
        assertThat(drain(any)).containsExactly("m");
        assertThat(drain(other)).isEmpty();
    }

    @Test
    void whatWasPublishedBeforeDoesNotArrive() {
        broker.publish("a", message("before"));
        Subscription late = broker.subscribe("a");
        broker.publish("a", message("after"));

        assertThat(drain(late)).containsExactly("after");
    }

    @Test
    void whatArrivesCarriesItsTopicAndAllElseAsItWasPublished() {
        Subscription subscription = broker.subscribeWithPattern("#");
        Message message = Message.builder()
                .id("m")
                .topic("other")
                .payload(new byte[] {1, 2})
                .headers(Map.of("k", "v"))
                .retries(2)
                .maxRetries(5)
                .build();

        broker.publish("a.b", message);
        broker.publish("other", message);

        assertThat(subscription.take())
                .contains(message.toBuilder().topic("a.b").build());
        assertThat(subscription.take().orElseThrow()).isSameAs(message);
    }

    @Test
    void aSubscriptionIsCalledAsItWasMade() {
        assertThat(broker.name()).isEqualTo("topics");
        assertThat(broker.subscribe("a.b").pattern()).isEqualTo("a.b");
        assertThat(broker.subscribeWithPattern("#.#").pattern()).isEqualTo("#.#");
        assertThat(broker.subscribe("a").gaps()).isZero();
    }

    @Test
    void unsubscribeEndsThoseOfExactlyThisText() {
        Subscription hash = broker.subscribeWithPattern("#");
        Subscription hashes = broker.subscribeWithPattern("#.#");
        Subscription hashToo = broker.subscribeWithPattern("#");
        broker.publish("a", message("m"));

        broker.unsubscribe("#");
        broker.publish("a", message("n"));

        assertThat(hash.endReason()).contains(EndReason.UNSUBSCRIBED);
        assertThat(hashToo.endReason()).contains(EndReason.UNSUBSCRIBED);
        assertThat(hashes.endReason()).isEmpty();
        assertThat(drain(hash)).containsExactly("m");
        assertThat(drain(hashes)).containsExactly("m", "n");
        assertThatNoException().isThrownBy(() -> broker.unsubscribe("never.subscribed"));
        assertThat(broker.metrics().subscriptions()).isEqualTo(1);
    }

    @Test
    void countsByTopicUpToTheBound() {
        Subscription subscription = broker.subscribeWithPattern("*");
        for (String topic : new String[] {"a", "a", "b", "c", "c", "d", "e"}) {
            broker.publish(topic, message("m"));
        }
        subscription.take();
        broker.publish("a.b", message("heard by nobody"));

        // The buffer of three keeps c, d, e of the seven; one is taken.
        assertThat(broker.metrics())
                .isEqualTo(new PubSubMetrics(
                        Map.of(
                                "a",
                                new TopicCounts(2, 0, 2),
                                "b",
                                new TopicCounts(1, 0, 1),
                                "c",
                                new TopicCounts(2, 1, 1)),
                        new TopicCounts(3, 0, 0),
                        1));
        assertThat(subscription.dropped()).isEqualTo(4);
    }

    @Test
    void whatIsRefusedIsNeitherDeliveredNorCounted() {
        Subscription subscription = broker.subscribeWithPattern("#");
        PubSubMetrics before = broker.metrics();
        Message large = Message.builder()
                .payload(new byte[Limits.DEFAULT.maxPayloadBytes() + 1])
                .build();

        assertThatExceptionOfType(MessageTooLargeException.class).isThrownBy(() -> broker.publish("a", large));
        assertThatIllegalArgumentException().isThrownBy(() -> broker.publish("a.*", message("m")));
        assertThatIllegalArgumentException().isThrownBy(() -> broker.publish("", message("m")));
        assertThatIllegalArgumentException().isThrownBy(() -> broker.publish("x".repeat(256), message("m")));
        assertThatIllegalArgumentException().isThrownBy(() -> broker.subscribe("a.*"));
        assertThatIllegalArgumentException().isThrownBy(() -> broker.subscribeWithPattern("user.creat*"));
        assertThatIllegalArgumentException().isThrownBy(() -> broker.unsubscribe("user.creat*"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> subscription.poll(Duration.ofNanos(-1)))
                .withMessage("timeout is PT-0.000000001S: it must be 0 (do not wait) or more");

        assertThat(drain(subscription)).isEmpty();
        assertThat(broker.metrics()).isEqualTo(before);
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void nullsAreRefusedByName() {
        Subscription subscription = broker.subscribe("a");
        nullRefused(() -> broker.publish(null, message("m")), "topic");
        nullRefused(() -> broker.publish("a", null), "message");
        nullRefused(() -> broker.subscribe(null), "topic");
        nullRefused(() -> broker.subscribeWithPattern(null), "pattern");
        nullRefused(() -> broker.unsubscribe(null), "topic");
        nullRefused(() -> subscription.poll(null), "timeout");
        nullRefused(() -> InMemoryPubSubBroker.open(null, PubSubConfig.defaults()), "name");
        nullRefused(() -> InMemoryPubSubBroker.open("n", null), "config");
        nullRefused(() -> InMemoryPubSubBroker.open("n", PubSubConfig.defaults(), null), "time");
        nullRefused(() -> InMemoryPubSubBroker.builder("n").limits(null), "limits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InMemoryPubSubBroker.builder(" "))
                .withMessage("name is blank: give the broker a name");
    }

    private static void nullRefused(Runnable call, String name) {
        assertThatNullPointerException().isThrownBy(call::run).withMessage(name);
    }
}
