package org.brokertck.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The queue as its users see it, over a real server. */
class RedisQueueIT {
    private static final QueueConfig CONFIG = QueueConfig.builder()
            .backoff(Backoff.fixed(Duration.ofMillis(50)))
            .produceTimeout(Duration.ofMillis(300))
            .drainTimeout(Duration.ofSeconds(5))
            .build();

    private final TestServer server = TestServer.required();
    private final RedisBroker broker = server.broker();

    @AfterEach
    void closeAndFindNoThread() {
        broker.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("brokertck-redis-"));
    }

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
        Thread.sleep(200);
        assertThat(done).hasValue(0);

        CountDownLatch two = new CountDownLatch(2);
        CountDownLatch gate = new CountDownLatch(1);
        Consumer consumer = queue.consume(message -> {
            if (two.getCount() == 0) {
                gate.await();
            }
            two.countDown();
        });
        assertThat(two.await(5, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(1)).until(() -> done.get() == 2);
        gate.countDown();
        consumer.close();
        for (Thread thread : waiting) {
            thread.join(5000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void refusesWhenFullAndWhenInterrupted() throws Exception {
        MessageQueue queue = open(config(1));
        queue.produce(message("m", 0));
        assertThatThrownBy(() -> queue.produce(message("no", 0))).isInstanceOf(QueueFullException.class);

        MessageQueue patient = broker.openQueue(
                queue.name(),
                QueueConfig.builder()
                        .capacity(1)
                        .produceTimeout(Duration.ofSeconds(30))
                        .build());
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                patient.produce(message("no", 0));
            } catch (RuntimeException e) {
                failure.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        Thread.sleep(150);
        thread.interrupt();
        thread.join(2000);
        assertThat(failure.get()).isInstanceOf(OperationInterruptedException.class);
        assertThat(flag.get()).isTrue();

        Thread other = new Thread(() -> {
            try {
                patient.produce(message("no", 0));
            } catch (RuntimeException e) {
                failure.set(e);
            }
        });
        other.start();
        Thread.sleep(100);
        patient.close();
        other.join(2000);
        assertThat(failure.get()).isInstanceOf(ClosedException.class);
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
    void aCutOffHandlerHandsItsMessageOnInPlace() throws Exception {
        MessageQueue queue =
                open(QueueConfig.builder().drainTimeout(Duration.ofMillis(200)).build());
        CountDownLatch busy = new CountDownLatch(1);
        Consumer stuck = queue.consume(message -> {
            busy.countDown();
            Thread.sleep(60_000);
        });
        IntStream.range(0, 3).forEach(i -> queue.produce(message("m" + i, 0)));
        assertThat(busy.await(5, TimeUnit.SECONDS)).isTrue();
        stuck.close();
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(3, 0, 0, 0, 0));

        Queue<String> seen = new ConcurrentLinkedQueue<>();
        queue.consume(message -> seen.add(message.id() + message.retries()));
        await().until(() -> seen.size() == 3);
        assertThat(seen).containsExactly("m00", "m10", "m20");
    }

    @Test
    void anIdleConsumerTakesOverAtOnce() throws Exception {
        MessageQueue queue =
                open(QueueConfig.builder().drainTimeout(Duration.ofMillis(100)).build());
        CountDownLatch busy = new CountDownLatch(1);
        Consumer stuck = queue.consume(message -> {
            busy.countDown();
            Thread.sleep(60_000);
        });
        queue.produce(message("m", 0));
        assertThat(busy.await(5, TimeUnit.SECONDS)).isTrue();
        AtomicReference<String> seen = new AtomicReference<>();
        queue.consume(message -> seen.set(message.id()));
        Thread.sleep(100);
        stuck.close();
        await().atMost(Duration.ofMillis(900)).until(() -> seen.get() != null);
    }

    @Test
    void closesFromInsideAHandler() throws Exception {
        MessageQueue queue = open(CONFIG);
        AtomicInteger attempts = new AtomicInteger();
        AtomicReference<Consumer> self = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        self.set(queue.consume(message -> {
            known.await();
            attempts.incrementAndGet();
            queue.produce(message("child", 0));
            Objects.requireNonNull(self.get()).close();
        }));
        known.countDown();
        queue.produce(message("m", 0));
        queue.produce(message("n", 0));
        await().until(() -> queue.metrics().consumed() == 1);
        Thread.sleep(200);
        assertThat(attempts).hasValue(1);

        queue.consume(message -> queue.close());
        await().until(() -> queue.metrics().consumed() == 2);
        queue.close();
        assertThatThrownBy(() -> queue.produce(message("x", 0))).isInstanceOf(ClosedException.class);
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(3, 2, 0, 0, 0));
    }

    @Test
    void anIdleQueueClosesPromptly() {
        MessageQueue queue = open(CONFIG);
        IntStream.range(0, 5).forEach(i -> queue.consume(message -> {}));
        long start = System.nanoTime();
        queue.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(400));
    }

    @Test
    void aReopenedQueueGoesOnWhereItWas() {
        QueueConfig config = QueueConfig.builder()
                .backoff(Backoff.fixed(Duration.ofMillis(700)))
                .drainTimeout(Duration.ofMillis(100))
                .build();
        MessageQueue queue = open(config);
        AtomicInteger begun = new AtomicInteger();
        queue.produce(message("fails", 3));
        queue.consume(message -> {
            if (message.id().equals("fails")) {
                throw new IllegalStateException();
            }
            begun.incrementAndGet();
            Thread.sleep(60_000);
        });
        IntStream.range(0, 3).forEach(i -> queue.produce(message("m" + i, 0)));
        await().until(() -> begun.get() == 1);
        queue.close();

        Queue<String> seen = new ConcurrentLinkedQueue<>();
        broker.openQueue(queue.name(), config).consume(message -> seen.add(message.id() + "/" + message.retries()));
        await().until(() -> seen.size() == 4);
        assertThat(seen).containsExactly("m0/0", "m1/0", "m2/0", "fails/1");
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

    private MessageQueue open(QueueConfig config) {
        return broker.openQueue("it-" + System.nanoTime(), config);
    }

    private static QueueConfig config(int capacity) {
        return QueueConfig.builder()
                .capacity(capacity)
                .produceTimeout(Duration.ofMillis(100))
                .backoff(Backoff.fixed(Duration.ofMillis(50)))
                .build();
    }

    private static Message message(String id, int maxRetries) {
        return Message.builder()
                .id(id)
                .payload(id.getBytes(UTF_8))
                .maxRetries(maxRetries)
                .build();
    }
}
