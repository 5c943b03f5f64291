package org.brokertck.reference.monitoring.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.message.Message;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.monitoring.QueueTotals;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.partitioned.StartFrom;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.queue.Backoff;
import org.brokertck.reference.monitoring.InMemoryQueueMonitor;
import org.brokertck.reference.partitioned.InMemoryPartitionedBroker;
import org.brokertck.reference.pubsub.InMemoryPubSubBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchedTopicsTest {
    private static final PartitionedConfig CONFIG = PartitionedConfig.builder()
            .deliveryLimit(3)
            .backoff(Backoff.exponential(Duration.ofMillis(1), 1, Duration.ofMillis(1)))
            .build();

    private final QueueMonitor monitor = InMemoryQueueMonitor.open("monitor", MonitorConfig.defaults());
    private final BrokerWatch watch = BrokerWatch.on(monitor);

    @AfterEach
    void close() {
        watch.close();
        monitor.close();
    }

    private QueueTotals totals(String topic) {
        watch.refresh();
        return monitor.snapshot().totalsOf(topic);
    }

    private PartitionedBroker open() {
        PartitionedBroker broker = watch.partitioned(InMemoryPartitionedBroker.open("broker", CONFIG), CONFIG);
        broker.createTopic("payments", 2);
        return broker;
    }

    @Test
    void recordsAreCountedAndTheSlowestGroupTellsTheDepth() {
        try (PartitionedBroker broker = open()) {
            broker.subscribe("payments", "quick", record -> {});
            broker.subscribe("payments", "none", record -> {}, StartFrom.EARLIEST)
                    .close();
            for (int i = 0; i < 1000; i++) {
                broker.produce("payments", "key" + i, new byte[3]);
            }
            await().untilAsserted(
                            () -> assertThat(totals("payments")).isEqualTo(new QueueTotals(1000, 3000, 1000, 0, 0, 0)));
            assertThat(monitor.snapshot().queueDepths()).containsEntry("payments", 1000L);
        }
    }

    @Test
    void aGroupThatStartsLateIsNotBehind() {
        try (PartitionedBroker broker = open()) {
            broker.produce("payments", "k", new byte[3]);
            broker.subscribe("payments", "late", record -> {}, StartFrom.LATEST);
            watch.refresh();
            assertThat(monitor.snapshot().queueDepths()).containsEntry("payments", 0L);
        }
    }

    @Test
    void retriesInPlaceAndDeadRecordsAreToldApart() {
        try (PartitionedBroker broker = open()) {
            broker.subscribe("payments", "billing", record -> {
                if (record.value()[0] == 1) {
                    throw new IllegalStateException("declined");
                }
            });
            broker.produce("payments", "k", new byte[] {1});
            broker.produce("payments", "k", new byte[] {0});
            await().untilAsserted(() -> assertThat(totals("payments")).isEqualTo(new QueueTotals(2, 2, 1, 3, 2, 1)));
            assertThat(monitor.snapshot().queueDepths()).containsEntry("payments", 0L);
        }
    }

    @Test
    void aRecordKeepsItsAttemptsWhenItsMemberLeaves() {
        try (PartitionedBroker broker = open()) {
            AtomicInteger attempts = new AtomicInteger();
            CountDownLatch failedOnce = new CountDownLatch(1);
            RecordHandler failing = record -> {
                attempts.incrementAndGet();
                failedOnce.countDown();
                throw new IllegalStateException("declined");
            };
            broker.produce("payments", "k", new byte[1]);
            try (GroupMember first = broker.subscribe("payments", "billing", failing)) {
                await().until(() -> failedOnce.getCount() == 0);
            }
            broker.subscribe("payments", "billing", failing);
            await().untilAsserted(() -> assertThat(totals("payments")).isEqualTo(new QueueTotals(1, 1, 0, 3, 2, 1)));
            assertThat(attempts).hasValue(3);
            assertThat(monitor.snapshot().queueDepths()).containsEntry("payments", 0L);
        }
    }

    @Test
    void copiesThatAreTakenSucceedAndThoseDroppedFail() {
        PubSubConfig small = PubSubConfig.builder().bufferCapacity(2).build();
        try (PubSubBroker broker = watch.pubSub(InMemoryPubSubBroker.open("events", small));
                Subscription subscription = broker.subscribe("user.created")) {
            Message anHourAgo = Message.builder()
                    .payload(new byte[5])
                    .timestamp(Instant.now().minus(Duration.ofHours(1)))
                    .build();
            for (int i = 0; i < 5; i++) {
                broker.publish("user.created", anHourAgo);
            }
            assertThat(subscription.take()).isPresent();
            assertThat(subscription.poll(Duration.ZERO)).isPresent();
            assertThat(totals("user.created")).isEqualTo(new QueueTotals(5, 25, 2, 3, 0, 0));
            assertThat(monitor.snapshot().avgLatencies().get("user.created"))
                    .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
            assertThat(monitor.snapshot().queueDepths()).doesNotContainKey("user.created");
        }
    }
}
