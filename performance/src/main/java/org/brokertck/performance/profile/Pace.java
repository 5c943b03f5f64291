package org.brokertck.performance.profile;

import java.time.Duration;
import org.brokertck.performance.load.RateRun;
import org.brokertck.performance.load.ThroughputRun;

/**
 * How long a profile takes.
 *
 * @param throughput one measurement of throughput
 * @param throughputRounds how many of each candidate count, after one that does not
 * @param warmUp of a measurement at a fixed rate
 * @param latency what counts of it
 * @param latencyRounds how many of each candidate count
 * @param patience how long nothing may arrive
 */
public record Pace(
        ThroughputRun throughput,
        int throughputRounds,
        Duration warmUp,
        Duration latency,
        int latencyRounds,
        Duration patience) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Under half a minute for all contracts of a fast target. */
    public static Pace standard() {
        return new Pace(
                new ThroughputRun(Duration.ofMillis(150), Duration.ofMillis(450), PATIENCE),
                3,
                Duration.ofMillis(250),
                Duration.ofMillis(900),
                2,
                PATIENCE);
    }

    /** As short as it can be, to see that it works; its figures mean nothing. */
    public static Pace smoke() {
        Duration moment = Duration.ofMillis(20);
        return new Pace(new ThroughputRun(moment, moment, PATIENCE), 1, moment, moment.multipliedBy(5), 1, PATIENCE);
    }

    /** At this rate. */
    RateRun at(double rate) {
        return new RateRun(rate, warmUp, latency, patience);
    }
}
