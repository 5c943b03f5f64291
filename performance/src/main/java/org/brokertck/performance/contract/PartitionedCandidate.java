package org.brokertck.performance.contract;

import java.time.Duration;
import org.brokertck.api.partitioned.PartitionedBroker;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Keyed;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Sender;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Sink;
import org.brokertck.performance.load.Stamp;

/** A target's partitioned broker, with one group of as many members as there are consumers. */
public final class PartitionedCandidate implements Candidate<Keyed> {
    private static final String TOPIC = "bench";

    private final ConformanceTarget target;

    /** @param target stays open */
    public PartitionedCandidate(ConformanceTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public Lane<Keyed> open(Setup setup, Sink sink) {
        String name = Names.fresh();
        PartitionedConfig config = PartitionedConfig.builder()
                .partitionCapacity(setup.capacity())
                .produceTimeout(Duration.ofMinutes(1))
                .build();
        PartitionedBroker broker = target.openPartitioned(name, config);
        broker.createTopic(TOPIC, setup.partitions());
        for (int i = 0; i < setup.consumers(); i++) {
            broker.subscribe(TOPIC, "members", record -> sink.accept(Stamp.of(record.valueBuffer())));
        }
        return new Lane<>() {
            @Override
            public Sender<Keyed> sender() {
                return item -> broker.produce(TOPIC, item.key(), item.payload());
            }

            @Override
            public void close() {
                broker.close();
                target.removePartitioned(name);
            }
        };
    }
}
