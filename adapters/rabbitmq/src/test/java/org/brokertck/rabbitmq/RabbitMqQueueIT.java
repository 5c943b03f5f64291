package org.brokertck.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.api.target.Unreachable;
import org.junit.jupiter.api.Test;

/** The few things that show at once whether the adapter and a server understand each other; the rules are the kit's. */
class RabbitMqQueueIT extends WithServer {
    private static final Backoff QUICK = Backoff.exponential(Duration.ofMillis(40), 2, Duration.ofMillis(80));

    @Test
    void aFailingMessageIsRetriedAndThenParked() {
        Message message = Message.builder()
                .headers(Map.of("CC", "kept", "ключ", ""))
                .topic("t")
                .maxRetries(2)
                .build();
        try (RabbitMqBroker broker = new RabbitMqBroker(uri);
                MessageQueue queue = open(broker)) {
            queue.consume(attempt -> {
                throw new IllegalStateException("attempt " + attempt.retries());
            });
            queue.produce(message);

            await().until(() -> queue.metrics().deadLetters() == 1);
            DeadLetter expected =
                    new DeadLetter(message.withRetries(2), 3, "java.lang.IllegalStateException", "attempt 2");
            assertThat(queue.deadLetters().list(10)).containsExactly(expected);
            assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 0, 3, 0, 1));
        }
    }

    @Test
    void whatWaitsForARetryOutlivesTheInstance() throws Exception {
        try (RabbitMqBroker broker = new RabbitMqBroker(uri)) {
            try (MessageQueue queue = open(broker)) {
                CompletableFuture<Void> failed = new CompletableFuture<>();
                queue.consume(attempt -> {
                    failed.complete(null);
                    throw new IllegalStateException();
                });
                queue.produce(Message.builder().id("a").maxRetries(9).build());
                failed.get(20, TimeUnit.SECONDS);
            }
            try (MessageQueue queue = open(broker)) {
                BlockingQueue<Message> attempts = new LinkedBlockingQueue<>();
                queue.consume(attempts::add);

                assertThat(attempts.poll(20, TimeUnit.SECONDS))
                        .isNotNull()
                        .satisfies(attempt -> assertThat(attempt.retries()).isPositive());
            }
        }
    }

    @Test
    void deadLettersGoBackInOrder() {
        try (RabbitMqBroker broker = new RabbitMqBroker(uri);
                MessageQueue queue = open(broker)) {
            Consumer failing = queue.consume(attempt -> {
                throw new IllegalStateException();
            });
            for (String id : List.of("a", "b", "c")) {
                queue.produce(Message.builder().id(id).build());
            }
            await().until(() -> queue.metrics().deadLetters() == 3);
            failing.close();

            assertThat(queue.deadLetters().redrive()).isEqualTo(3);

            List<String> again = new CopyOnWriteArrayList<>();
            queue.consume(attempt -> again.add(attempt.id()));
            await().untilAsserted(() -> assertThat(again).containsExactly("a", "b", "c"));
        }
    }

    @Test
    void aHandlerMayCloseItsQueue() throws Exception {
        try (RabbitMqBroker broker = new RabbitMqBroker(uri)) {
            MessageQueue queue = open(broker);
            CompletableFuture<Void> closed = new CompletableFuture<>();
            queue.consume(attempt -> {
                queue.close();
                closed.complete(null);
            });
            queue.produce(Message.builder().build());
            closed.get(20, TimeUnit.SECONDS);
            queue.close();

            assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 1, 0, 0, 0));
            assertThatThrownBy(() -> queue.produce(Message.builder().build())).isInstanceOf(ClosedException.class);
        }
    }

    @Test
    void aServerThatIsNotThereIsNamedWithoutThePassword() {
        Unreachable unreachable = new RabbitMqTarget(uri).unreachable().orElseThrow();

        assertThatThrownBy(() -> unreachable.target().openQueue(name, QueueConfig.defaults()))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining(unreachable.address())
                .hasStackTraceContaining("Connection refused")
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain(unreachable.password()));
    }

    private MessageQueue open(RabbitMqBroker broker) {
        return broker.openQueue(name, QueueConfig.builder().backoff(QUICK).build());
    }
}
