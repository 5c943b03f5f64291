package org.brokertck.rabbitmq.requestreply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.NoResponderException;
import org.brokertck.api.requestreply.RequestReply;
import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.rabbitmq.RabbitMqBroker;
import org.brokertck.rabbitmq.WithServer;
import org.junit.jupiter.api.Test;

/** What the rules of the kit cannot reach, since it is RabbitMQ's alone. */
class RabbitMqRequestReplyIT extends WithServer {
    private static final Duration LONG = Duration.ofSeconds(10);

    /** As a server leaves it that was restarted while the responders died. */
    @Test
    void aQueueWithoutRespondersIsToldAndDeleted() throws Exception {
        String queue = new RequestQueues(name).of("order.price");
        try (RabbitMqBroker broker = new RabbitMqBroker(uri);
                RequestReply exchange = broker.openRequestReply(name, RequestReplyConfig.defaults());
                Connection connection = connect()) {
            Channel channel = connection.createChannel();
            new RequestSource(queue).declare(channel);

            CompletableFuture<Message> beside = exchange.requestAsync("order.price", message("a"), LONG);
            assertThatThrownBy(() -> exchange.request("order.price", message("b"), LONG))
                    .isInstanceOf(NoResponderException.class)
                    .hasMessageContaining("order.price");
            assertThat(beside).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(NoResponderException.class);
            assertThatThrownBy(() -> channel.queueDeclarePassive(queue)).hasStackTraceContaining("NOT_FOUND");
            assertThat(exchange.metrics().abandoned()).isEqualTo(2);
        }
    }

    @Test
    void aQueueWhoseResponderTakesLongIsLeftAlone() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        try (RabbitMqBroker broker = new RabbitMqBroker(uri);
                RequestReply exchange = broker.openRequestReply(name, RequestReplyConfig.defaults());
                Responder busy = exchange.respond("order.price", request -> {
                    held.await();
                    return request;
                })) {
            CompletableFuture<Message> first = exchange.requestAsync(busy.topic(), message("a"), LONG);
            CompletableFuture<Message> second = exchange.requestAsync(busy.topic(), message("b"), LONG);
            // Both have been looked after by then.
            assertThatThrownBy(() -> exchange.request(busy.topic(), message("c"), Duration.ofSeconds(2)))
                    .isInstanceOf(OperationTimeoutException.class);
            held.countDown();

            assertThat(first).succeedsWithin(LONG).extracting(Message::id).isEqualTo("a");
            assertThat(second).succeedsWithin(LONG).extracting(Message::id).isEqualTo("b");
        }
    }

    @Test
    void whatTimedOutInLineReachesNoResponder() {
        CountDownLatch held = new CountDownLatch(1);
        List<String> handled = new CopyOnWriteArrayList<>();
        try (RabbitMqBroker broker = new RabbitMqBroker(uri);
                RequestReply exchange = broker.openRequestReply(name, RequestReplyConfig.defaults());
                Responder busy = exchange.respond("order.price", request -> {
                    handled.add(request.id());
                    held.await();
                    return request;
                })) {
            CompletableFuture<Message> first = exchange.requestAsync(busy.topic(), message("first"), LONG);
            await().until(() -> handled.contains("first"));
            assertThatThrownBy(() -> exchange.request(busy.topic(), message("late"), Duration.ofMillis(300)))
                    .isInstanceOf(OperationTimeoutException.class);
            // The server counts from when the request arrived there, which is a little later.
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            held.countDown();
            assertThat(first).succeedsWithin(LONG);
            exchange.request(busy.topic(), message("last"), LONG);

            assertThat(handled).containsExactly("first", "last");
        }
    }

    @Test
    void topicsThatAmqpCannotCarryAreAnsweredToo() {
        List<String> topics = List.of("t".repeat(255), "half a pair \ud83d", "half a pair \ud83c");
        try (RabbitMqBroker broker = new RabbitMqBroker(uri);
                RequestReply exchange = broker.openRequestReply(name, RequestReplyConfig.defaults())) {
            topics.forEach(topic -> exchange.respond(
                    topic,
                    request -> message("of-" + topics.indexOf(topic) + "-"
                            + request.topic().equals(topic))));

            assertThat(topics.stream()
                            .map(topic ->
                                    exchange.request(topic, message("r"), LONG).id()))
                    .containsExactly("of-0-true", "of-1-true", "of-2-true");
        }
    }

    private static Message message(String id) {
        return Message.builder().id(id).build();
    }
}
