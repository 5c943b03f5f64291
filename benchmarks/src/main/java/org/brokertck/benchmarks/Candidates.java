package org.brokertck.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.benchmarks.peers.ArtemisPeer;
import org.brokertck.benchmarks.peers.DisruptorPeer;
import org.brokertck.benchmarks.peers.KafkaPeer;
import org.brokertck.benchmarks.peers.RabbitMqPeer;
import org.brokertck.benchmarks.peers.RedisPeer;
import org.brokertck.benchmarks.peers.SubmissionPeer;
import org.brokertck.benchmarks.peers.VertxPeer;
import org.brokertck.performance.compare.Findings;
import org.brokertck.performance.contract.PartitionedCandidate;
import org.brokertck.performance.handoff.ArrayHandOff;
import org.brokertck.performance.handoff.QueueHandOff;
import org.brokertck.performance.handoff.QueueHandOff.Waiting;
import org.brokertck.performance.handoff.Reference;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Keyed;

/** Who is measured where keys and payloads are sent. */
final class Candidates {
    /** The machine's ceiling: that of a consumer which costs nothing when idle. */
    static final String CEILING = "bare JCTools, parked";

    /** A peer that needs a server, the property that names the server, and how it is made. */
    private record Remote(String name, String property, Function<String, Candidate<Keyed>> factory) {}

    private static final List<Remote> REMOTE = List.of(
            new Remote("Kafka", "bench.kafka", KafkaPeer::new),
            new Remote("Redis stream", "bench.redis", RedisPeer::new),
            new Remote("RabbitMQ", "bench.rabbitmq", RabbitMqPeer::new));

    private Candidates() {}

    /** A bare hand-off that parks. */
    static <T, R> Candidate<T> parked(Reference<T, R> reference) {
        return new QueueHandOff<>(CEILING, Waiting.PARKS, reference);
    }

    /** All that run in this JVM. */
    static List<Candidate<Keyed>> inThisJvm(ConformanceTarget reference) {
        return List.of(
                parked(Reference.keyed()),
                new QueueHandOff<>("bare JCTools, spinning", Waiting.SPINS, Reference.keyed()),
                new PartitionedCandidate(reference),
                new DisruptorPeer(),
                new SubmissionPeer(),
                new ArrayHandOff<>(Reference.keyed()),
                new VertxPeer(),
                new ArtemisPeer());
    }

    /** Those whose server is named by a property; the others are told of as left out. */
    static List<Candidate<Keyed>> remote(Findings findings) {
        List<Candidate<Keyed>> present = new ArrayList<>();
        for (Remote remote : REMOTE) {
            String server = System.getProperty(remote.property(), "");
            if (server.isEmpty()) {
                findings.leaveOut(
                        remote.name(), "No server is named: -D" + remote.property() + "=… would bring it in.");
            } else {
                present.add(remote.factory().apply(server));
            }
        }
        return present;
    }
}
