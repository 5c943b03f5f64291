package org.brokertck.benchmarks.watched;

import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.performance.contract.PartitionedCandidate;
import org.brokertck.performance.contract.PubSubCandidate;
import org.brokertck.performance.contract.QueueCandidate;
import org.brokertck.performance.load.Loads;
import org.brokertck.performance.load.Setup;

/** The contracts whose brokers can be watched, each with its job. */
public enum Watchable {
    /** One producer, one consumer. */
    QUEUE(Setup.of(1, 1)) {
        @Override
        Job<?> open(ConformanceTarget target) throws Exception {
            return Job.open(new QueueCandidate(target), Loads.messages(), setup());
        }
    },
    /** One publisher, one subscriber. */
    PUBSUB(Setup.of(1, 1)) {
        @Override
        Job<?> open(ConformanceTarget target) throws Exception {
            return Job.open(new PubSubCandidate(target), Loads.messages(), setup());
        }
    },
    /** Two producers, one member. */
    PARTITIONED(Setup.of(2, 1).withPartitions(4)) {
        @Override
        Job<?> open(ConformanceTarget target) throws Exception {
            return Job.open(new PartitionedCandidate(target), Loads.keyed(), setup());
        }
    };

    private final Setup setup;

    Watchable(Setup setup) {
        this.setup = setup;
    }

    Setup setup() {
        return setup;
    }

    abstract Job<?> open(ConformanceTarget target) throws Exception;
}
