package org.brokertck.performance.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.brokertck.api.message.Message;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Contract;
import org.brokertck.performance.compare.Comparison;
import org.brokertck.performance.compare.Findings;
import org.brokertck.performance.compare.Rounds;
import org.brokertck.performance.contract.BrokerCandidate;
import org.brokertck.performance.contract.PartitionedCandidate;
import org.brokertck.performance.contract.PubSubCandidate;
import org.brokertck.performance.contract.QueueCandidate;
import org.brokertck.performance.handoff.QueueHandOff;
import org.brokertck.performance.handoff.QueueHandOff.Waiting;
import org.brokertck.performance.handoff.Reference;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Keyed;
import org.brokertck.performance.load.Load;
import org.brokertck.performance.load.LoadCost;
import org.brokertck.performance.load.Loads;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.result.Amounts;
import org.brokertck.performance.result.Machine;
import org.brokertck.performance.result.Measurements;
import org.brokertck.performance.result.Metric;
import org.brokertck.performance.result.Scenario;

/**
 * Takes a target's figures through its contracts alone, and beside them, in turns, those of a bare hand-off of the same records:
 * first how much goes through, then how long it takes at a part of that.
 */
public final class Profile {
    /** The bare hand-off, in tables. */
    public static final String CEILING = "bare hand-off";

    private static final int PARTITIONS = 4;
    /** The rate of latencies, as a part of the throughput: far enough from the end that nothing piles up. */
    private static final double SHARE = 0.2;

    private static final double HIGHEST_RATE = 50_000;

    private final ConformanceTarget target;
    private final Pace pace;
    private final Consumer<String> progress;
    private final List<Scenario> scenarios = new ArrayList<>();

    /**
     * @param target stays open
     * @param progress told in a sentence what is done next
     */
    public Profile(ConformanceTarget target, Pace pace, Consumer<String> progress) {
        this.target = target;
        this.pace = pace;
        this.progress = progress;
    }

    /**
     * Runs it.
     *
     * @param contracts those of them that the target provides are profiled
     * @throws InterruptedException when the thread is interrupted
     */
    public Measurements run(Set<Contract> contracts) throws InterruptedException {
        Machine machine = Machine.current();
        Instant startedAt = Instant.now();
        for (Contract contract : Contract.values()) {
            if (contracts.contains(contract) && target.contracts().contains(contract)) {
                run(contract);
            }
        }
        return new Measurements(target.name() + " " + target.version(), machine, startedAt, scenarios);
    }

    private void run(Contract contract) throws InterruptedException {
        switch (contract) {
            case QUEUE -> messages(contract, "produce → handle", new QueueCandidate(target));
            case PUBSUB -> messages(contract, "publish → take", new PubSubCandidate(target));
            case BROKER -> messages(contract, "produce → handle", new BrokerCandidate(target));
            case MULTIBROKER ->
                progress.accept("A multi-broker is as fast as the brokers behind it: nothing to profile");
            case PARTITIONED -> {
                Setup setup = Setup.of(2, 1).withPartitions(PARTITIONS);
                Comparison<Keyed> job = new Comparison<>(
                        List.of(
                                new PartitionedCandidate(target),
                                new QueueHandOff<>(CEILING, Waiting.PARKS, Reference.keyed())),
                        Loads.keyed(),
                        setup);
                profile(contract, "produce → handle, " + PARTITIONS + " partitions, 1000 keys", job, Loads.keyed());
            }
            case BATCH, POOL, BREAKER, CODEC ->
                progress.accept("A " + contract.title() + " carries nothing from one to another: nothing to profile");
            case MONITOR -> progress.accept("A monitor moves no messages: nothing to profile");
            case REQUESTREPLY -> {
                // A conversation has no throughput of its own: each requester waits for its reply.
            }
        }
    }

    private void messages(Contract contract, String way, Candidate<Message> candidate) throws InterruptedException {
        List<Candidate<Message>> candidates =
                List.of(candidate, new QueueHandOff<>(CEILING, Waiting.PARKS, Reference.messages()));
        profile(contract, way, new Comparison<>(candidates, Loads.messages(), Setup.of(1, 1)), Loads.freshMessages());
    }

    private <T> void profile(Contract contract, String way, Comparison<T> job, Load<T> timed)
            throws InterruptedException {
        int producers = job.setup().producers();
        Findings through = new Findings();
        job.throughput(
                pace.throughput(),
                LoadCost.bytesPerRecord(job.load()),
                new Rounds(1, pace.throughputRounds(), it -> progress.accept(contract.title() + " throughput: " + it)),
                through);
        Scenario throughput = through.scenario(
                contract.word() + "-throughput",
                "Throughput of the " + contract.title(),
                "%s of 25-byte payloads, %d → 1, as fast as they go.".formatted(way, producers),
                CEILING);
        scenarios.add(throughput);
        double rate = rate(throughput, producers);
        if (rate > 0) {
            latency(
                    contract,
                    way,
                    new Comparison<>(job.candidates(), timed, job.setup().withProducers(1)),
                    rate);
        }
    }

    private <T> void latency(Contract contract, String way, Comparison<T> job, double rate)
            throws InterruptedException {
        Findings late = new Findings();
        job.latency(
                pace.at(rate),
                new Rounds(0, pace.latencyRounds(), it -> progress.accept(contract.title() + " latency: " + it)),
                late);
        scenarios.add(late.scenario(
                contract.word() + "-latency",
                "Latency of the " + contract.title(),
                "%s of 25-byte payloads, 1 → 1, at %s records/s, counted from when each was due."
                        .formatted(way, Amounts.of(rate)),
                CEILING));
    }

    /** A round number of records per second that one producer surely keeps up with; 0 when the target has no throughput. */
    private double rate(Scenario throughput, int producers) {
        double share = throughput
                        .figure(target.name(), Metric.THROUGHPUT)
                        .map(it -> it.median())
                        .orElse(0.0)
                * SHARE
                / producers;
        if (share <= 0) {
            return 0;
        }
        double magnitude = Math.pow(10, Math.floor(Math.log10(share)));
        return Math.min(HIGHEST_RATE, Math.max(1, Math.floor(share / magnitude) * magnitude));
    }
}
