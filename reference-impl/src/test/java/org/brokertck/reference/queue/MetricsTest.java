package org.brokertck.reference.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.reference.Waits.eventually;
import static org.brokertck.reference.queue.Messages.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.reference.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MetricsTest {
    private static final int PRODUCERS = 3;
    private static final int EACH = 2000;

    @Test
    void everySampleUnderLoadIsConsistentAndTheLastOneExact() {
        QueueConfig config = QueueConfig.builder()
                .capacity(50)
                .produceTimeout(Duration.ofMinutes(1))
                .backoff(Backoff.fixed(Duration.ofMillis(1)))
                .build();
        AtomicBoolean done = new AtomicBoolean();
        try (InMemoryQueue queue = InMemoryQueue.open("sampled", config)) {
            Call sampler = Call.start(() -> sample(queue, done));
            for (int i = 0; i < 3; i++) {
                // A third fails once and succeeds, a third fails twice and is parked.
                queue.consume(attempt -> {
                    int kind = Integer.parseInt(attempt.id()) % 3;
                    if ((kind == 1 && attempt.retries() == 0) || kind == 2) {
                        throw new IllegalStateException("kind " + kind);
                    }
                });
            }
            List<Call> producers = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                producers.add(Call.start(() -> produceAndSeeItCounted(queue)));
            }
            assertThat(producers).allMatch(producer -> producer.thrown() == null);
            int all = PRODUCERS * EACH;
            int third = PRODUCERS * ((EACH - 2) / 3);
            eventually()
                    .until(() -> queue.metrics().consumed() + queue.metrics().deadLetters() == all);
            done.set(true);
            assertThat(sampler.thrown()).isNull();
            int failingOnce = third + PRODUCERS;
            assertThat(queue.metrics())
                    .isEqualTo(new QueueMetrics(all, all - third, failingOnce + 2L * third, 0, third));
        }
    }

    @Test
    void inFlightIsTheNumberOfHandlersThatRunNow() throws Exception {
        Gate gate = new Gate();
        AtomicInteger running = new AtomicInteger();
        try (InMemoryQueue queue = InMemoryQueue.open("in-flight", QueueConfig.defaults())) {
            for (int i = 1; i <= 3; i++) {
                queue.consume(attempt -> {
                    running.incrementAndGet();
                    gate.handle(attempt);
                });
                queue.produce(message("m" + i));
                gate.awaitEntered(1);
                assertThat(queue.metrics().inFlight()).isEqualTo(i).isEqualTo(running.get());
            }
            gate.open.countDown();
            eventually().untilAsserted(() -> assertThat(queue.metrics()).isEqualTo(new QueueMetrics(3, 3, 0, 0, 0)));
        }
    }

    private static void produceAndSeeItCounted(InMemoryQueue queue) {
        for (int i = 0; i < EACH; i++) {
            queue.produce(message(Integer.toString(i), 1));
            assertThat(queue.metrics().produced()).isGreaterThan(i);
        }
    }

    private static void sample(InMemoryQueue queue, AtomicBoolean done) {
        QueueMetrics last = queue.metrics();
        while (!done.get()) {
            QueueMetrics now = queue.metrics();
            assertThat(now.consumed() + now.deadLetters() + now.inFlight()).isLessThanOrEqualTo(now.produced());
            assertThat(now.produced() - now.consumed() - now.deadLetters()).isBetween(0L, 50L);
            assertThat(now.inFlight()).isBetween(0L, 3L);
            assertThat(now.produced()).isGreaterThanOrEqualTo(last.produced());
            assertThat(now.consumed()).isGreaterThanOrEqualTo(last.consumed());
            assertThat(now.failed()).isGreaterThanOrEqualTo(last.failed());
            last = now;
        }
    }
}
