package org.brokertck.reference.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.brokertck.reference.Waits.eventually;
import static org.brokertck.reference.queue.Messages.message;
import static org.brokertck.reference.queue.Messages.untilConsumed;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeliveryTest {
    @Test
    void oneConsumerHandlesMessagesInTheOrderInWhichTheyWereProduced() {
        List<String> ids = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
        List<String> handled = new CopyOnWriteArrayList<>();
        try (InMemoryQueue queue = InMemoryQueue.open("fifo", QueueConfig.defaults())) {
            queue.consume(delivered -> handled.add(delivered.id()));
            ids.forEach(id -> queue.produce(message(id)));
            untilConsumed(queue, 500);
        }
        assertThat(handled).containsExactlyElementsOf(ids);
    }

    @Test
    void competingConsumersHandleEachMessageOnceEvenWithEqualIds() {
        Set<Message> handled = ConcurrentHashMap.newKeySet();
        try (InMemoryQueue queue =
                InMemoryQueue.open("once", QueueConfig.builder().capacity(10).build())) {
            for (int i = 0; i < 4; i++) {
                queue.consume(delivered -> handled.add(delivered));
            }
            for (int i = 0; i < 5000; i++) {
                queue.produce(Message.builder()
                        .id("id" + i % 100)
                        .payload(new byte[] {(byte) i, (byte) (i >> 8)})
                        .build());
            }
            untilConsumed(queue, 5000);
            assertThat(queue.metrics()).isEqualTo(new QueueMetrics(5000, 5000, 0, 0, 0));
        }
        assertThat(handled).hasSize(5000);
    }

    @Test
    void asManyHandlersRunAtOnceAsThereAreConsumers() {
        CyclicBarrier barrier = new CyclicBarrier(3);
        try (InMemoryQueue queue = InMemoryQueue.open("share", QueueConfig.defaults())) {
            for (int i = 0; i < 3; i++) {
                queue.consume(delivered -> barrier.await(20, TimeUnit.SECONDS));
                queue.produce(message("m" + i));
            }
            untilConsumed(queue, 3);
        }
    }

    @Test
    void countingStartsAtZeroWhateverTheProducedMessageSays() {
        List<Integer> retries = new CopyOnWriteArrayList<>();
        try (InMemoryQueue queue = InMemoryQueue.open("retries", QueueConfig.defaults())) {
            queue.consume(delivered -> retries.add(delivered.retries()));
            queue.produce(message("m", 9).withRetries(7));
            eventually().until(() -> !retries.isEmpty());
        }
        assertThat(retries).containsExactly(0);
    }

    @Test
    @SuppressWarnings("NullAway") // passing null is the point
    void nullArgumentsAreRefusedByName() {
        try (InMemoryQueue queue = InMemoryQueue.open("nulls", QueueConfig.defaults())) {
            assertThatNullPointerException()
                    .isThrownBy(() -> queue.produce(null))
                    .withMessage("message");
            assertThatNullPointerException()
                    .isThrownBy(() -> queue.consume(null))
                    .withMessage("handler");
            assertThat(queue.metrics().produced()).isZero();
        }
    }
}
