package org.brokertck.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.brokertck.api.message.Message;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.performance.compare.Comparison;
import org.brokertck.performance.compare.Findings;
import org.brokertck.performance.compare.Rounds;
import org.brokertck.performance.contract.PartitionedCandidate;
import org.brokertck.performance.contract.PubSubCandidate;
import org.brokertck.performance.contract.QueueCandidate;
import org.brokertck.performance.handoff.ArrayHandOff;
import org.brokertck.performance.handoff.Reference;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Keyed;
import org.brokertck.performance.load.Load;
import org.brokertck.performance.load.LoadCost;
import org.brokertck.performance.load.Loads;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.result.Scenario;

/** The end-to-end scenarios, each written once for all candidates. */
final class Scenarios {
    private static final int PARTITIONS = 4;
    /** Producers for each core, as the course's benchmark has them. */
    private static final int PARALLELISM = 10;

    private static final double RATE = 50_000;
    private static final double REMOTE_RATE = 1_000;
    private static final Setup ONE_TO_ONE = Setup.of(1, 1).withPartitions(PARTITIONS);

    private final ConformanceTarget reference;
    private final Pace pace;
    private final Consumer<String> progress;

    Scenarios(ConformanceTarget reference, Pace pace, Consumer<String> progress) {
        this.reference = reference;
        this.pace = pace;
        this.progress = progress;
    }

    /** The benchmark of the course that the project grew from. */
    Scenario course() throws InterruptedException {
        int producers = PARALLELISM * Runtime.getRuntime().availableProcessors();
        return keyed(
                "course",
                "The course's benchmark",
                "%d producers → 1 member, the text of one of 1000 random keys and a 25-byte payload made for each record, 4 partitions."
                        .formatted(producers),
                Loads.course(),
                producers);
    }

    /** As much as goes through. */
    Scenario partitioned() throws InterruptedException {
        return keyed(
                "partitioned",
                "Partitioned, end to end",
                "2 producers → 1 member with a handler, fresh 25-byte payloads, 1000 keys, 4 partitions, all features on.",
                Loads.keyed(),
                2);
    }

    private Scenario keyed(String id, String title, String how, Load<Keyed> load, int producers)
            throws InterruptedException {
        Findings findings = new Findings();
        List<Candidate<Keyed>> candidates = new ArrayList<>(Candidates.inThisJvm(reference));
        candidates.addAll(Candidates.remote(findings));
        new Comparison<>(candidates, load, Setup.of(producers, 1).withPartitions(PARTITIONS))
                .throughput(pace.throughput(), LoadCost.bytesPerRecord(load), rounds(id), findings);
        return findings.scenario(id, title, how, Candidates.CEILING);
    }

    /** Latency at a rate that all who run in one JVM keep up with. */
    Scenario latency() throws InterruptedException {
        Findings findings = new Findings();
        new Comparison<>(Candidates.inThisJvm(reference), Loads.keyed(), ONE_TO_ONE)
                .latency(pace.at(RATE), rounds("latency"), findings);
        return findings.scenario(
                "latency",
                "Latency at 50,000 records/s",
                "1 producer → 1 member, 4 partitions; end to end counts from when a record was due, a call from its own start.",
                Candidates.CEILING);
    }

    /** Latency over loopback, at a rate that a client which waits for each answer keeps up with. */
    Scenario remoteLatency() throws InterruptedException {
        Findings findings = new Findings();
        List<Candidate<Keyed>> candidates = new ArrayList<>();
        candidates.add(Candidates.parked(Reference.keyed()));
        candidates.addAll(Candidates.remote(findings));
        new Comparison<>(candidates, Loads.keyed(), ONE_TO_ONE)
                .latency(pace.at(REMOTE_RATE), rounds("remote-latency"), findings);
        return findings.scenario(
                "remote-latency",
                "Latency over loopback at 1,000 records/s",
                "As above, for brokers that are servers.",
                Candidates.CEILING);
    }

    /** The work queue against the JDK's. */
    Scenario queue(int producers, int consumers) throws InterruptedException {
        Findings findings = new Findings();
        List<Candidate<Message>> candidates = new ArrayList<>();
        ArrayHandOff<Message, Message> array = new ArrayHandOff<>(Reference.messages());
        candidates.add(array);
        candidates.add(new QueueCandidate(reference));
        if (consumers == 1) {
            candidates.add(Candidates.parked(Reference.messages()));
        }
        String id = "queue-" + producers + "-" + consumers;
        new Comparison<>(candidates, Loads.messages(), Setup.of(producers, consumers))
                .throughput(pace.throughput(), 0, rounds(id), findings);
        return findings.scenario(
                id,
                "Message queue, %d → %d".formatted(producers, consumers),
                "Messages that were made before; metrics, retries and dead letters on; against a bare ArrayBlockingQueue.",
                array.name());
    }

    /** What it costs to be open. */
    Scenario idle() throws InterruptedException {
        Findings findings = new Findings();
        Rounds rounds = new Rounds(0, Math.min(3, pace.rounds()), it -> progress.accept("idle: " + it));
        Setup members = new Setup(1, 2, PARTITIONS, Setup.CAPACITY);
        new Comparison<Message>(
                        List.of(new Renamed<>("in-memory queue, 2 consumers", new QueueCandidate(reference))),
                        Loads.freshMessages(),
                        members)
                .idle(pace.idle(), rounds, findings);
        new Comparison<Message>(
                        List.of(new Renamed<>("in-memory pub/sub, 1 subscriber", new PubSubCandidate(reference))),
                        Loads.freshMessages(),
                        Setup.of(1, 1))
                .idle(pace.idle(), rounds, findings);
        new Comparison<Keyed>(
                        List.of(new Renamed<>("in-memory partitioned, 2 members", new PartitionedCandidate(reference))),
                        Loads.keyed(),
                        members)
                .idle(pace.idle(), rounds, findings);
        new Comparison<>(Candidates.inThisJvm(reference), Loads.keyed(), ONE_TO_ONE)
                .idle(pace.idle(), rounds, findings);
        return findings.scenario(
                "idle",
                "Open and idle",
                "The processor time of all threads of the JVM while an open instance has nothing to do.",
                "none");
    }

    private Rounds rounds(String id) {
        return new Rounds(pace.warmUps(), pace.rounds(), it -> progress.accept(id + ": " + it));
    }
}
