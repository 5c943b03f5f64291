package org.brokertck.benchmarks;

import java.time.Duration;
import org.brokertck.benchmarks.forks.Forks;
import org.brokertck.performance.load.IdleRun;
import org.brokertck.performance.load.RateRun;
import org.brokertck.performance.load.ThroughputRun;

/**
 * How long everything takes.
 *
 * @param throughput a measurement of throughput
 * @param latencyWarmUp of a measurement at a fixed rate
 * @param latency what counts of it
 * @param idle a measurement of an open instance that does nothing
 * @param warmUps rounds that do not count
 * @param rounds rounds that count
 * @param forks what is measured in JVMs of its own; matchers that remember must have seen 100,000 topics when they are warm
 */
record Pace(
        ThroughputRun throughput,
        Duration latencyWarmUp,
        Duration latency,
        IdleRun idle,
        int warmUps,
        int rounds,
        Forks forks) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** For figures that are written down: about half an hour in all. */
    static Pace full() {
        return new Pace(
                new ThroughputRun(Duration.ofMillis(500), Duration.ofSeconds(2), PATIENCE),
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                new IdleRun(Duration.ofSeconds(1), Duration.ofSeconds(5), PATIENCE),
                1,
                5,
                new Forks(5, 3, 1000, 400));
    }

    /** For a look at the machine: a few minutes. */
    static Pace brief() {
        return new Pace(
                new ThroughputRun(Duration.ofMillis(200), Duration.ofMillis(600), PATIENCE),
                Duration.ofMillis(300),
                Duration.ofSeconds(1),
                new IdleRun(Duration.ofMillis(500), Duration.ofSeconds(2), PATIENCE),
                1,
                3,
                new Forks(3, 1, 1500, 200));
    }

    /** To see that everything works; the figures mean nothing. */
    static Pace smoke() {
        Duration moment = Duration.ofMillis(30);
        return new Pace(
                new ThroughputRun(moment, moment, PATIENCE),
                moment,
                moment,
                new IdleRun(moment, moment, PATIENCE),
                0,
                1,
                new Forks(1, 1, 50, 50));
    }

    RateRun at(double rate) {
        return new RateRun(rate, latencyWarmUp, latency, PATIENCE);
    }
}
