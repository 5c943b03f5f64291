package org.brokertck.reference.monitoring.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.brokertck.api.message.Message;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.monitoring.QueueTotals;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.reference.monitoring.InMemoryQueueMonitor;
import org.brokertck.reference.queue.InMemoryQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is watched by the counts of the queue itself, whoever else uses it. */
class OwnQueueMeterTest {
    private final QueueMonitor monitor = InMemoryQueueMonitor.open("monitor", MonitorConfig.defaults());
    private final BrokerWatch watch = BrokerWatch.on(monitor);
    private final QueueMonitor otherMonitor = InMemoryQueueMonitor.open("other", MonitorConfig.defaults());
    private final BrokerWatch otherWatch = BrokerWatch.on(otherMonitor);
    private final InMemoryQueue inner = InMemoryQueue.open("orders", QueueConfig.defaults());

    @AfterEach
    void close() {
        inner.close();
        watch.close();
        monitor.close();
        otherWatch.close();
        otherMonitor.close();
    }

    private static Message message(int size) {
        return Message.builder().payload(new byte[size]).maxRetries(0).build();
    }

    private static void throwIfLarge(Message message) {
        if (message.payloadSize() >= 10) {
            throw new IllegalStateException("no");
        }
    }

    private static QueueTotals totals(BrokerWatch watch, QueueMonitor monitor) {
        watch.refresh();
        return monitor.snapshot().totalsOf("orders");
    }

    @Test
    void whatHappenedBeforeDoesNotCount() {
        inner.consume(OwnQueueMeterTest::throwIfLarge);
        inner.produce(message(1));
        await().until(() -> inner.metrics().consumed() == 1);

        MessageQueue queue = watch.queue(inner);
        queue.produce(message(2));
        queue.produce(message(10));

        await().until(() -> inner.metrics().consumed() == 2 && inner.metrics().deadLetters() == 1);
        assertThat(totals(watch, monitor)).isEqualTo(new QueueTotals(2, 12, 1, 1, 0, 1));
    }

    @Test
    void aSecondWatchCountsBesideTheFirst() {
        MessageQueue first = watch.queue(inner);
        MessageQueue second = otherWatch.queue(inner);
        second.consume(OwnQueueMeterTest::throwIfLarge);
        second.produce(message(3));
        second.produce(message(10));

        await().until(() -> first.metrics().consumed() == 1 && first.metrics().deadLetters() == 1);
        QueueTotals all = new QueueTotals(2, 13, 1, 1, 0, 1);
        assertThat(totals(watch, monitor)).isEqualTo(all);
        await().untilAsserted(() -> assertThat(totals(otherWatch, otherMonitor)).isEqualTo(all));
    }
}
