package org.brokertck.cli.serve;

import java.time.Duration;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.queue.Backoff;
import org.brokertck.reference.monitoring.watch.BrokerWatch;
import org.brokertck.reference.partitioned.InMemoryPartitionedBroker;

/** A partitioned topic with one group, which fails now and then. */
final class Payments implements Traffic {
    private static final String TOPIC = "payments";
    private static final int PARTITIONS = 4;
    private static final int KEYS = 20;
    private static final int A_SECOND = 40;
    private static final Duration TIME = Duration.ofMillis(2);
    private static final PartitionedConfig CONFIG = PartitionedConfig.builder()
            .partitionCapacity(1000)
            .deliveryLimit(3)
            .backoff(Backoff.exponential(Duration.ofMillis(50), 2, Duration.ofMillis(200)))
            .drainTimeout(Duration.ofSeconds(2))
            .build();

    private final PartitionedBroker broker;
    private final Work work;
    private int number;

    Payments(BrokerWatch watch, Work work) {
        this.work = work;
        this.broker = watch.partitioned(InMemoryPartitionedBroker.open("payments", CONFIG), CONFIG);
        broker.createTopic(TOPIC, PARTITIONS);
        broker.subscribe(TOPIC, "billing", this::handle);
    }

    @Override
    public int perSecond() {
        return A_SECOND;
    }

    @Override
    public void next() {
        number++;
        broker.produceAsync(TOPIC, KeyedMessage.of("customer-" + number % KEYS, new byte[] {
            (byte) (number % 50 == 0 ? 1 : 0)
        }));
        if (number % (A_SECOND * KEYS) == 0) {
            broker.deadLetters(TOPIC).purge();
        }
    }

    private void handle(PartitionRecord record) throws InterruptedException {
        work.take(TIME);
        if (record.value()[0] == 1) {
            throw new IllegalStateException("the bank declines");
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
