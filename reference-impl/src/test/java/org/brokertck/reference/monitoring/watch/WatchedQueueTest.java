package org.brokertck.reference.monitoring.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.message.Message;
import org.brokertck.api.monitoring.MetricNames;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.monitoring.QueueTotals;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.reference.monitoring.InMemoryQueueMonitor;
import org.brokertck.reference.queue.InMemoryQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference's queue, which counts for the watch, and a queue that the watch knows nothing of. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class WatchedQueueTest {
    @Parameter
    boolean known;

    private final QueueMonitor monitor = InMemoryQueueMonitor.open("monitor", MonitorConfig.defaults());
    private final BrokerWatch watch = BrokerWatch.on(monitor);
    private final QueueMonitor otherMonitor = InMemoryQueueMonitor.open("other", MonitorConfig.defaults());
    private final BrokerWatch otherWatch = BrokerWatch.on(otherMonitor);

    @AfterEach
    void close() {
        watch.close();
        monitor.close();
        otherWatch.close();
        otherMonitor.close();
    }

    private MessageQueue open() {
        QueueConfig quickly = QueueConfig.builder()
                .backoff(Backoff.exponential(Duration.ofMillis(1), 1, Duration.ofMillis(1)))
                .build();
        MessageQueue queue = InMemoryQueue.open("orders", quickly);
        return watch.queue(known ? queue : otherWatch.queue(queue));
    }

    private static Message message(int maxRetries) {
        return Message.builder().payload(new byte[10]).maxRetries(maxRetries).build();
    }

    private QueueTotals totals() {
        watch.refresh();
        return monitor.snapshot().totalsOf("orders");
    }

    private @Nullable Long depth() {
        watch.refresh();
        return monitor.snapshot().queueDepths().get("orders");
    }

    @Test
    void everyMessageIsCountedHoweverQuickItIs() {
        try (MessageQueue queue = open()) {
            queue.consume(message -> {});
            queue.consume(message -> {});
            for (int i = 0; i < 20_000; i++) {
                queue.produce(message(0));
            }
            await().until(() -> queue.metrics().consumed() == 20_000);
            await().untilAsserted(
                            () -> assertThat(totals()).isEqualTo(new QueueTotals(20_000, 200_000, 20_000, 0, 0, 0)));
            assertThat(depth()).isZero();
        }
    }

    @Test
    void whatConsumersCountedThatHaveLeftStaysCounted() {
        try (MessageQueue queue = open()) {
            for (int i = 1; i <= 20; i++) {
                int many = i;
                try (var consumer = queue.consume(message -> {})) {
                    queue.produce(message(0));
                    await().until(() -> queue.metrics().consumed() == many);
                }
                if (i % 10 == 0) {
                    assertThat(depth()).isZero();
                }
            }
            assertThat(totals()).isEqualTo(new QueueTotals(20, 200, 20, 0, 0, 0));
        }
    }

    @Test
    void whatWaitsIsTheDepthAndWhatIsHandledIsInFlight() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        try (MessageQueue queue = open()) {
            for (int i = 0; i < 2; i++) {
                queue.consume(message -> {
                    begun.countDown();
                    goOn.await();
                });
            }
            for (int i = 0; i < 5; i++) {
                queue.produce(message(0));
            }
            begun.await();
            assertThat(depth()).isEqualTo(3);
            assertThat(monitor.scrape()).contains(MetricNames.IN_FLIGHT + "{queue=\"orders\"} 2");
            goOn.countDown();
            await().until(() -> totals().consumed() == 5);
            assertThat(depth()).isZero();
            assertThat(monitor.scrape()).contains(MetricNames.IN_FLIGHT + "{queue=\"orders\"} 0");
        }
    }

    @Test
    void aHandlerThatGetsStuckAfterQuickOnesIsSeenWithoutARefresh() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger handled = new AtomicInteger();
        try (MessageQueue queue = open()) {
            queue.consume(message -> {
                if (handled.incrementAndGet() > 1000) {
                    begun.countDown();
                    goOn.await();
                }
            });
            for (int i = 0; i < 1000; i++) {
                queue.produce(message(0));
            }
            await().until(() -> queue.metrics().consumed() == 1000);
            queue.produce(message(0));
            begun.await();
            await().until(() -> monitor.scrape().contains(MetricNames.IN_FLIGHT + "{queue=\"orders\"} 1"));
            goOn.countDown();
            await().until(() -> monitor.scrape().contains(MetricNames.IN_FLIGHT + "{queue=\"orders\"} 0"));
        }
    }

    @Test
    void retriesAndDeadLettersAreToldApart() {
        try (MessageQueue queue = open()) {
            queue.consume(message -> {
                throw new IllegalStateException("no");
            });
            queue.produce(message(2));
            queue.produce(message(0));
            await().until(() -> queue.metrics().deadLetters() == 2);
            assertThat(totals()).isEqualTo(new QueueTotals(2, 20, 0, 4, 2, 2));
            assertThat(depth()).isZero();
            assertThat(monitor.snapshot().errorRates().get("orders")).isEqualTo(1.0);
        }
    }

    @Test
    void whatIsRedrivenWaitsAgain() {
        try (MessageQueue queue = open()) {
            try (var consumer = queue.consume(message -> {
                throw new IllegalStateException("no");
            })) {
                queue.produce(message(0));
                await().until(() -> queue.metrics().deadLetters() == 1);
            }
            assertThat(depth()).isZero();
            assertThat(queue.deadLetters().redrive()).isEqualTo(1);
            assertThat(depth()).isEqualTo(1);
        }
    }

    @Test
    void slowAttemptsAreRecordedAsTheyAre() {
        try (MessageQueue queue = open()) {
            CountDownLatch never = new CountDownLatch(1);
            queue.consume(message ->
                    assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse());
            for (int i = 0; i < 5; i++) {
                queue.produce(message(0));
            }
            await().until(() -> totals().consumed() == 5);
            assertThat(monitor.snapshot().avgLatencies().get("orders"))
                    .isBetween(Duration.ofMillis(20), Duration.ofSeconds(2));
        }
    }

    /** One in a thousand quick attempts is timed; one that becomes slow must not wait for its turn among them. */
    @Test
    void attemptsThatBecomeSlowAreNoticedAtOnce() {
        try (MessageQueue queue = open()) {
            CountDownLatch never = new CountDownLatch(1);
            AtomicInteger handled = new AtomicInteger();
            queue.consume(message -> {
                if (handled.getAndIncrement() >= 50) {
                    assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
                }
            });
            for (int i = 0; i < 50; i++) {
                queue.produce(message(0));
            }
            await().until(() -> totals().consumed() == 50);
            Duration quick = monitor.snapshot().avgLatencies().getOrDefault("orders", Duration.ZERO);
            for (int i = 0; i < 10; i++) {
                queue.produce(message(0));
            }
            await().until(() -> totals().consumed() == 60);
            // A sixth of all attempts took 50 ms and more.
            assertThat(monitor.snapshot().avgLatencies().get("orders")).isGreaterThan(quick.plus(Duration.ofMillis(5)));
        }
    }

    @Test
    void whatComesIsHandedOnWithoutARefresh() {
        try (MessageQueue queue = open()) {
            queue.produce(message(0));
            await().until(() -> monitor.snapshot().totalsOf("orders").produced() == 1);
            queue.produce(message(0));
            await().until(() -> monitor.snapshot().totalsOf("orders").produced() == 2);
        }
    }

    @Test
    void aQueueThatIsClosedHasHandedOnEverything() {
        try (MessageQueue queue = open()) {
            queue.produce(message(0));
        }
        assertThat(monitor.snapshot().totalsOf("orders").produced()).isEqualTo(1);
    }

    @Test
    void aMonitorThatIsClosedHarmsNoQueue() {
        try (MessageQueue queue = open()) {
            monitor.close();
            queue.consume(message -> {
                if (message.retries() == 0) {
                    throw new IllegalStateException("once");
                }
            });
            queue.produce(message(1));
            watch.refresh();
            await().until(() -> queue.metrics().consumed() == 1);
        }
    }

    @Test
    void aWatchThatIsClosedHarmsNoQueue() {
        try (MessageQueue queue = open()) {
            watch.close();
            queue.consume(message -> {});
            queue.produce(message(0));
            await().until(() -> queue.metrics().consumed() == 1);
        }
    }

    @Test
    void aNameThatTheMonitorDoesNotTakeIsRefusedAtOnce() {
        try (MessageQueue queue = InMemoryQueue.open(QueueMonitor.OTHER_QUEUES, QueueConfig.defaults())) {
            assertThatThrownBy(() -> watch.queue(queue)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
