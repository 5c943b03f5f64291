package org.brokertck.rabbitmq.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.pubsub.TopicCounts;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.api.target.Unreachable;
import org.brokertck.rabbitmq.RabbitMqBroker;
import org.brokertck.rabbitmq.RabbitMqTarget;
import org.brokertck.rabbitmq.WithServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The few things that show at once whether the adapter and a server understand each other; the rules are the kit's. */
class RabbitMqPubSubIT extends WithServer {
    private static final Duration LONG = Duration.ofSeconds(5);

    @AfterEach
    void clearUp() {
        new RabbitMqBroker(uri).removePubSub(name);
    }

    @Test
    void everySubscriptionGetsWhatItsPatternMatchesOnce() {
        try (RabbitMqBroker broker = new RabbitMqBroker(uri);
                PubSubBroker publishing = broker.openPubSub(name, PubSubConfig.defaults());
                PubSubBroker receiving = broker.openPubSub(name, PubSubConfig.defaults())) {
            Subscription exact = receiving.subscribe("order.created");
            Subscription all = receiving.subscribeWithPattern("#");
            Message message = Message.builder().id("a").topic("other").build();
            publishing.publish("order.created", message);
            publishing.publish("order", Message.builder().id("b").build());

            assertThat(exact.poll(LONG))
                    .contains(message.toBuilder().topic("order.created").build());
            assertThat(all.poll(LONG)).map(Message::id).contains("a");
            assertThat(all.poll(LONG)).map(Message::id).contains("b");
            assertThat(exact.poll(Duration.ZERO)).isEmpty();
            assertThat(publishing.metrics().of("order.created")).isEqualTo(new TopicCounts(1, 0, 0));
            assertThat(receiving.metrics().of("order.created")).isEqualTo(new TopicCounts(0, 2, 0));
            assertThat(receiving.metrics().subscriptions()).isEqualTo(2);
        }
    }

    /** What the server routes is judged again here, so that only what it does not route would show. */
    @Test
    void theServerRoutesAllThatThePatternsMatch() {
        Random random = new Random(11);
        List<String> patternWords = List.of("a", "b", "é", "*", "#", "#");
        List<String> topicWords = List.of("a", "b", "é");
        try (RabbitMqBroker broker = new RabbitMqBroker(uri);
                PubSubBroker pubSub = broker.openPubSub(name, PubSubConfig.defaults())) {
            List<String> topics = IntStream.range(0, 60)
                    .mapToObj(i -> text(random, topicWords))
                    .toList();
            for (int i = 0; i < 60; i++) {
                TopicPattern pattern = TopicPattern.of(text(random, patternWords));
                List<String> received = new ArrayList<>();
                try (Subscription subscription = pubSub.subscribeWithPattern(pattern.text());
                        Subscription last = pubSub.subscribe("last")) {
                    topics.forEach(it -> pubSub.publish(it, Message.builder().build()));
                    pubSub.publish("last", Message.builder().build());
                    assertThat(last.poll(LONG)).isPresent();
                    for (Optional<Message> next = subscription.poll(Duration.ZERO);
                            next.isPresent();
                            next = subscription.poll(Duration.ZERO)) {
                        received.add(next.get().topic());
                    }
                }
                received.remove("last");
                assertThat(received)
                        .as(pattern.text())
                        .isEqualTo(topics.stream().filter(pattern::matches).toList());
            }
        }
    }

    @Test
    void theLongestTopicAndTextsThatAreNoUnicodeArrive() {
        String longest = "é".repeat(127) + "x";
        try (RabbitMqBroker broker = new RabbitMqBroker(uri);
                PubSubBroker pubSub = broker.openPubSub(name, PubSubConfig.defaults())) {
            for (String topic : List.of(longest, "half.\ud83d", "half.?")) {
                try (Subscription subscription = pubSub.subscribe(topic)) {
                    List.of("half.?", "half.\ud83e", topic)
                            .forEach(it -> pubSub.publish(it, Message.builder().build()));
                    assertThat(subscription.poll(LONG)).map(Message::topic).contains(topic);
                }
            }
        }
    }

    @Test
    void closingEndsWhoWaits() {
        try (RabbitMqBroker broker = new RabbitMqBroker(uri)) {
            PubSubBroker pubSub = broker.openPubSub(name, PubSubConfig.defaults());
            Subscription subscription = pubSub.subscribe("a");
            subscription.ended().thenRun(pubSub::close);
            pubSub.close();

            assertThat(subscription.take()).isEmpty();
            assertThat(subscription.endReason()).contains(EndReason.BROKER_CLOSED);
            assertThat(pubSub.metrics().subscriptions()).isZero();
            assertThatThrownBy(() -> pubSub.publish("a", Message.builder().build()))
                    .isInstanceOf(ClosedException.class);
        }
    }

    @Test
    void aServerThatIsNotThereIsNamedWithoutThePassword() {
        Unreachable unreachable = new RabbitMqTarget(uri).unreachable().orElseThrow();

        assertThatThrownBy(() -> unreachable.target().openPubSub(name, PubSubConfig.defaults()))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining(unreachable.address())
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain(unreachable.password()));
    }

    private static String text(Random random, List<String> words) {
        return String.join(
                ".",
                IntStream.rangeClosed(0, random.nextInt(4))
                        .mapToObj(i -> words.get(random.nextInt(words.size())))
                        .toList());
    }
}
