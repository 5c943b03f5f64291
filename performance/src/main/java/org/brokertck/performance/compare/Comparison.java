package org.brokertck.performance.compare;

import java.util.List;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.IdleRun;
import org.brokertck.performance.load.Latency;
import org.brokertck.performance.load.Load;
import org.brokertck.performance.load.RateRun;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Throughput;
import org.brokertck.performance.load.ThroughputRun;
import org.brokertck.performance.result.Metric;

/**
 * Candidates that do the same job.
 *
 * @param candidates in the order of the tables
 * @param load what is sent
 * @param setup how it is sent
 * @param <T> the records
 */
public record Comparison<T>(List<Candidate<T>> candidates, Load<T> load, Setup setup) {
    private static final double MICRO = 1e3;

    /** What curves show. */
    public static final String END_TO_END = "end to end";

    /** And of the sender. */
    public static final String CALL = "produce call";

    /**
     * Measures how much goes through, and what is allocated for it.
     *
     * @param ownBytes what the load itself allocates for a record
     */
    public void throughput(ThroughputRun run, double ownBytes, Rounds rounds, Findings findings)
            throws InterruptedException {
        rounds.run(
                candidates,
                (candidate, into) -> {
                    Throughput found = run.measure(candidate, load, setup);
                    into.add(candidate.name(), Metric.THROUGHPUT, found.perSecond());
                    into.add(candidate.name(), Metric.ALLOCATED, found.allocatedPerRecord());
                    into.add(candidate.name(), Metric.ALLOCATED_NET, found.allocatedPerRecord() - ownBytes);
                },
                findings);
    }

    /** Measures how long records take at a fixed rate, and how long the sender's calls take. */
    public void latency(RateRun run, Rounds rounds, Findings findings) throws InterruptedException {
        rounds.run(
                candidates,
                (candidate, into) -> {
                    Latency found = run.measure(candidate, load, setup);
                    String name = candidate.name();
                    into.add(name, Metric.END_TO_END_P50, found.endToEnd().getValueAtPercentile(50) / MICRO);
                    into.add(name, Metric.END_TO_END_P99, found.endToEnd().getValueAtPercentile(99) / MICRO);
                    into.add(name, Metric.END_TO_END_P999, found.endToEnd().getValueAtPercentile(99.9) / MICRO);
                    into.add(name, Metric.CALL_MEAN, found.call().getMean() / MICRO);
                    into.add(name, Metric.CALL_P99, found.call().getValueAtPercentile(99) / MICRO);
                    into.add(name, Metric.RATE, found.rate());
                    into.add(name, END_TO_END, found.endToEnd());
                    into.add(name, CALL, found.call());
                },
                findings);
    }

    /** Measures what an open instance costs while nothing flows. */
    public void idle(IdleRun run, Rounds rounds, Findings findings) throws InterruptedException {
        rounds.run(
                candidates,
                (candidate, into) -> into.add(candidate.name(), Metric.IDLE_CPU, run.measure(candidate, load, setup)),
                findings);
    }
}
