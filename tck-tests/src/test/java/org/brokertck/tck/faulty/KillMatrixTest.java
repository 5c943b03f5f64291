package org.brokertck.tck.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.faulty.batch.FaultyBatches;
import org.brokertck.tck.faulty.breaker.FaultyBreakers;
import org.brokertck.tck.faulty.broker.FaultyBrokers;
import org.brokertck.tck.faulty.codec.FaultyCodecs;
import org.brokertck.tck.faulty.monitoring.FaultyMonitors;
import org.brokertck.tck.faulty.multibroker.FaultyMultiBrokers;
import org.brokertck.tck.faulty.partitioned.FaultyPartitioned;
import org.brokertck.tck.faulty.pool.FaultyPools;
import org.brokertck.tck.faulty.pubsub.FaultyPubSubs;
import org.brokertck.tck.faulty.queue.FaultyQueues;
import org.brokertck.tck.faulty.requestreply.FaultyRequestReplies;
import org.junit.jupiter.api.Test;

/** The page in the documentation says what {@link CaughtFaults} verifies. */
class KillMatrixTest {
    private static final String WRITE = "tck.writeDocs";

    private static final Map<Contract, List<Fault>> FAULTS = new EnumMap<>(Map.ofEntries(
            Map.entry(Contract.QUEUE, FaultyQueues.all()),
            Map.entry(Contract.PUBSUB, FaultyPubSubs.all()),
            Map.entry(Contract.PARTITIONED, FaultyPartitioned.all()),
            Map.entry(Contract.BROKER, FaultyBrokers.all()),
            Map.entry(Contract.MULTIBROKER, FaultyMultiBrokers.all()),
            Map.entry(Contract.MONITOR, FaultyMonitors.all()),
            Map.entry(Contract.REQUESTREPLY, FaultyRequestReplies.all()),
            Map.entry(Contract.BATCH, FaultyBatches.all()),
            Map.entry(Contract.POOL, FaultyPools.all()),
            Map.entry(Contract.BREAKER, FaultyBreakers.all()),
            Map.entry(Contract.CODEC, FaultyCodecs.all())));

    @Test
    void thePageIsCurrent() throws IOException {
        Path page = docs().resolve("KILL-MATRIX.md");
        String due = KillMatrix.page(FAULTS);
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(page, due);
        }

        String found = Files.exists(page) ? Files.readString(page) : "";

        assertThat(found)
                .as(
                        "%s is out of date: write it anew with mvn -pl tck-tests test -Dtest=KillMatrixTest -D%s=true",
                        page, WRITE)
                .isEqualTo(due);
    }

    /** Beside the module that the build runs in, or below the folder that an editor does. */
    private static Path docs() {
        Path beside = Path.of("..", "docs");
        return Files.exists(beside.resolve("SPEC.md")) ? beside : Path.of("docs");
    }
}
