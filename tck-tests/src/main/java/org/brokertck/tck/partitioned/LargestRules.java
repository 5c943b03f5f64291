package org.brokertck.tck.partitioned;

import java.time.Duration;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.api.queue.Backoff;
import org.brokertck.tck.check.partitioned.HandledOnce;
import org.brokertck.tck.check.partitioned.NothingLost;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** The largest settings and times that may be given are as good as any. */
public interface LargestRules extends PartitionedRules {
    /** What is added to a largest number is a smallest one. Nothing lingers, and nothing waits for what cannot come. */
    @Test
    @Verifies("L-7")
    @Needs(inMemory = true)
    default void withTheLargestSettingsEveryRecordIsHandled() {
        PartitionedConfig config = PartitionedConfig.builder()
                .partitionCapacity(PartitionedConfig.MOST_RECORDS)
                .batchSize(Integer.MAX_VALUE)
                .deliveryLimit(Integer.MAX_VALUE)
                .maxConnections(Integer.MAX_VALUE)
                .produceTimeout(Backoff.LONGEST)
                .drainTimeout(Backoff.LONGEST)
                .rateWindow(Backoff.LONGEST)
                .build();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-7", 2, config)) {
            broker.subscribe(record -> {});
            broker.produceAll(Records.numbered(5, 3));
            broker.produceBatch(Records.spread("batch-", 5));
            broker.judgeSettled(new NothingLost().and(new HandledOnce()));
            broker.closeNow();
        }
    }

    /** More than a count of nanoseconds holds. */
    @Test
    @Verifies("L-18")
    default void aShutdownMayTakeAsLongAsADurationIs() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-18", 1)) {
            RecordGate gate = new RecordGate(timeouts().await());
            broker.subscribe(gate);
            broker.produce(Records.of("key", "held"));
            broker.await("the start of a handler", () -> gate.inside() == 1);
            Running<ShutdownReport> shutdown =
                    Bounded.start("shutdown", () -> broker.unrecorded().shutdown(Duration.ofSeconds(Long.MAX_VALUE)));
            broker.stays(StillWaiting.in(shutdown));
            boolean cutOff = gate.inside() == 0;
            gate.open();
            ShutdownReport report = broker.join("shutdown with the longest deadline there is", shutdown);
            broker.require(
                    report.isClean() && !cutOff,
                    "a handler had all the time there is to finish; it %s, and shutdown says %s"
                            .formatted(cutOff ? "was interrupted" : "finished", report));
            broker.closeNow();
        }
    }
}
