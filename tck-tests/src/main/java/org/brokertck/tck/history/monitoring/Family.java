package org.brokertck.tck.history.monitoring;

import java.util.List;

/**
 * A metric with all its series.
 *
 * @param name as HELP and TYPE give it
 * @param type counter, gauge, histogram, summary or untyped
 * @param help decoded
 * @param samples in the order of their lines
 */
public record Family(String name, String type, String help, List<Sample> samples) {
    /** Isolates the samples. */
    public Family {
        samples = List.copyOf(samples);
    }

    /** Whether it only ever grows. */
    public boolean isCounter() {
        return type.equals("counter");
    }

    /** Whether it has buckets. */
    public boolean isHistogram() {
        return type.equals("histogram");
    }
}
