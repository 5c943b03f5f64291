package org.brokertck.redis.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.redis.RedisBroker;
import org.brokertck.redis.WithServer;
import org.junit.jupiter.api.Test;

/** What a queue does with messages, over a real server. */
class RedisQueueIT extends WithServer {
    @Test
    void everyFieldComesBackEqual() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("", "");
        headers.put("ключ", "𝔘𝔫𝔦 \uD800 half");
        IntStream.range(0, 100).forEach(i -> headers.put("h" + i, "v".repeat(8192)));
        byte[] payload = new byte[256];
        IntStream.range(0, 256).forEach(i -> payload[i] = (byte) i);
        Message message = Message.builder()
                .id("id")
                .topic("a.b")
                .headers(headers)
                .payload(payload)
                .timestamp(Instant.ofEpochMilli(1))
                .maxRetries(7)
                .retries(3)
                .build();
        Queue<Message> seen = new ConcurrentLinkedQueue<>();
        MessageQueue queue = open(CONFIG);

        queue.produce(message);
        queue.consume(seen::add);

        await().until(() -> !seen.isEmpty());
        assertThat(seen).containsExactly(message.withRetries(0));
        assertThat(new ArrayList<>(seen.peek().headers().keySet())).isEqualTo(new ArrayList<>(headers.keySet()));
    }

    @Test
    void takesTheLargestAndRefusesWhatIsLarger() {
        MessageQueue queue = open(CONFIG);
        AtomicInteger size = new AtomicInteger();
        queue.consume(message -> size.set(message.payloadSize()));
        int most = RedisBroker.LIMITS.maxPayloadBytes();

        assertThatThrownBy(() -> queue.produce(
                        Message.builder().payload(new byte[most + 1]).build()))
                .isInstanceOf(MessageTooLargeException.class);
        queue.produce(Message.builder().payload(new byte[most]).build());

        await().until(() -> size.get() == most);
    }

    @Test
    void retriesThenBuriesThenRedrives() {
        MessageQueue queue = open(CONFIG);
        Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
        AtomicInteger failures = new AtomicInteger(3);
        queue.produce(message("m", 2));
        queue.consume(message -> {
            attempts.add(message.retries());
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("nö");
            }
        });

        await().until(() -> queue.metrics().deadLetters() == 1);
        assertThat(attempts).containsExactly(0, 1, 2);
        assertThat(queue.deadLetters().list(10))
                .containsExactly(new DeadLetter(
                        queue.deadLetters().list(1).get(0).message(), 3, IllegalStateException.class.getName(), "nö"));
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 0, 3, 0, 1));
        assertThat(queue.deadLetters().redrive()).isEqualTo(1);
        await().until(() -> queue.metrics().consumed() == 1);
        assertThat(attempts).containsExactly(0, 1, 2, 0);
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 1, 3, 0, 0));
    }

    @Test
    void redrivesAndPurgesManyInOrder() {
        MessageQueue queue = open(config(1000));
        Consumer failing = queue.consume(message -> {
            throw new AssertionError();
        });
        IntStream.range(0, 350).forEach(i -> queue.produce(message("m" + i, 0)));
        await().until(() -> queue.metrics().deadLetters() == 350);
        failing.close();

        assertThat(queue.deadLetters().list(1000))
                .extracting(letter -> letter.message().id())
                .isEqualTo(IntStream.range(0, 350).mapToObj(i -> "m" + i).toList());
        assertThat(queue.deadLetters().redrive(250)).isEqualTo(250);
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        queue.consume(message -> seen.add(message.id()));
        await().until(() -> seen.size() == 250);
        assertThat(seen)
                .containsExactlyElementsOf(
                        IntStream.range(0, 250).mapToObj(i -> "m" + i).toList());
        assertThat(queue.deadLetters().purge()).isEqualTo(100);
        assertThat(queue.deadLetters().list(1)).isEmpty();
    }

    @Test
    void holdsItsCapacityAndWakesWhoWaits() throws Exception {
        QueueConfig config = QueueConfig.builder()
                .capacity(3)
                .produceTimeout(Duration.ofSeconds(5))
                .build();
        MessageQueue queue = open(config);
        IntStream.range(0, 3).forEach(i -> queue.produce(message("m" + i, 0)));
        AtomicInteger done = new AtomicInteger();
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread thread = new Thread(() -> {
                queue.produce(message("late", 0));
                done.incrementAndGet();
            });
            thread.start();
            waiting.add(thread);
        }
        await().during(Duration.ofMillis(200)).until(() -> done.get() == 0);

        CountDownLatch two = new CountDownLatch(2);
        CountDownLatch gate = new CountDownLatch(1);
        Consumer consumer = queue.consume(message -> {
            if (two.getCount() == 0) {
                gate.await();
            }
            two.countDown();
        });
        assertThat(two.await(20, TimeUnit.SECONDS)).isTrue();
        await().until(() -> done.get() == 2);
        gate.countDown();
        consumer.close();
        for (Thread thread : waiting) {
            thread.join(20_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void consumersShareTheWork() throws Exception {
        MessageQueue queue = open(CONFIG);
        CyclicBarrier barrier = new CyclicBarrier(8);
        AtomicInteger passed = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            queue.consume(message -> {
                barrier.await(10, TimeUnit.SECONDS);
                passed.incrementAndGet();
            });
        }
        IntStream.range(0, 32).forEach(i -> queue.produce(message("m" + i, 0)));
        await().until(() -> passed.get() == 32);
    }

    @Test
    void firstInFirstOutWhileOthersFail() {
        MessageQueue queue = open(config(5000));
        List<String> first = Collections.synchronizedList(new ArrayList<>());
        queue.consume(message -> {
            if (message.retries() == 0) {
                first.add(message.id());
            }
            if (message.retries() == 0 && message.id().endsWith("3")) {
                throw new IllegalStateException();
            }
        });
        List<String> produced =
                IntStream.range(0, 2000).mapToObj(Integer::toString).toList();
        produced.forEach(id -> queue.produce(message(id, 3)));
        await().until(() -> queue.metrics().consumed() == 2000);
        assertThat(first).isEqualTo(produced);
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(2000, 2000, 200, 0, 0));
    }

    @Test
    void strangersDoNoHarm() {
        MessageQueue queue = open(CONFIG);
        server.call("XADD", "{brokertck:" + queue.name() + "}:stream", "*", "some", "thing");
        queue.produce(message("m", 0));
        AtomicReference<String> seen = new AtomicReference<>();
        queue.consume(message -> seen.set(message.id()));
        await().until(() -> "m".equals(seen.get()));
        assertThat(server.call("XLEN", "{brokertck:" + queue.name() + "}:foreign"))
                .isEqualTo(1L);
    }

    @Test
    void goesOnAfterCutsAndAfterTheServerForgotAll() {
        MessageQueue queue = open(CONFIG);
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        queue.consume(message -> seen.add(message.id()));
        for (int i = 0; i < 20; i++) {
            server.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            queue.produce(message("m" + i, 0));
        }
        await().until(() -> seen.size() == 20);
        server.call("SCRIPT", "FLUSH");
        server.call("DEL", "{brokertck:" + queue.name() + "}:stream");
        queue.produce(message("after", 0));
        await().until(() -> seen.contains("after"));
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(21, 21, 0, 0, 0));
    }
}
