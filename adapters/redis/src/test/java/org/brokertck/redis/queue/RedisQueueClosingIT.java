package org.brokertck.redis.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.redis.WithServer;
import org.junit.jupiter.api.Test;

/** How calls, consumers and queues end, and what becomes of their messages, over a real server. */
class RedisQueueClosingIT extends WithServer {
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
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        thread.interrupt();
        thread.join(20_000);
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
        await().until(() -> other.getState() == Thread.State.TIMED_WAITING);
        patient.close();
        other.join(20_000);
        assertThat(failure.get()).isInstanceOf(ClosedException.class);
    }

    @Test
    void aCutOffHandlerHandsItsMessageOnInPlace() throws Exception {
        MessageQueue queue = open(drainingFor(Duration.ofMillis(200)));
        CountDownLatch busy = new CountDownLatch(1);
        Consumer stuck = queue.consume(message -> {
            busy.countDown();
            Thread.sleep(60_000);
        });
        IntStream.range(0, 3).forEach(i -> queue.produce(message("m" + i, 0)));
        assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
        stuck.close();
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(3, 0, 0, 0, 0));

        Queue<String> seen = new ConcurrentLinkedQueue<>();
        queue.consume(message -> seen.add(message.id() + message.retries()));
        await().until(() -> seen.size() == 3);
        assertThat(seen).containsExactly("m00", "m10", "m20");
    }

    @Test
    void anIdleConsumerTakesOver() throws Exception {
        MessageQueue queue = open(drainingFor(Duration.ofMillis(100)));
        CountDownLatch busy = new CountDownLatch(1);
        Consumer stuck = queue.consume(message -> {
            busy.countDown();
            Thread.sleep(60_000);
        });
        queue.produce(message("m", 0));
        assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
        AtomicReference<String> seen = new AtomicReference<>();
        queue.consume(message -> seen.set(message.id()));
        await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        stuck.close();
        await().until(() -> seen.get() != null);
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
        await().during(Duration.ofMillis(200)).until(() -> attempts.get() == 1);

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
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
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
}
