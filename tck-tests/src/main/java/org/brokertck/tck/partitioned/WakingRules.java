package org.brokertck.tck.partitioned;

import static org.brokertck.tck.partitioned.BrokerUnderTest.GROUP;
import static org.brokertck.tck.partitioned.BrokerUnderTest.TOPIC;

import org.brokertck.tck.scenario.PingPong;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** A member that falls asleep misses nothing. */
public interface WakingRules extends PartitionedRules {
    /** One partition, since the records of another would wake its member as well. */
    @Test
    @Verifies("L-7")
    default void aRecordThatComesWhenItsMemberFallsAsleepIsHandled() {
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "L-7", 1)) {
            PingPong game = new PingPong();
            broker.call(
                    "subscribe",
                    timeouts().await(),
                    () -> broker.unrecorded().subscribe(TOPIC, GROUP, record -> game.arrived()));
            int lost = broker.call(
                    "produce one record after the other",
                    timeouts().await().multipliedBy(3),
                    () -> game.play(
                            timeouts().tolerance(),
                            timeouts().await(),
                            it -> broker.unrecorded().produce(TOPIC, Records.of("key", "r-" + it))));
            broker.require(
                    lost == 0,
                    "each record was produced when the one before had been handled; number %d was not handled within %s, though its member had nothing else to do"
                            .formatted(lost, timeouts().await()));
        }
    }
}
