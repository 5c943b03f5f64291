package org.brokertck.performance.result;

import java.util.List;

/**
 * One metric of one candidate over all rounds.
 *
 * @param candidate its name
 * @param metric what was measured
 * @param samples one value for each round, in order; at least one
 */
public record Figure(String candidate, Metric metric, List<Double> samples) {
    /** Isolates the list. */
    public Figure {
        samples = List.copyOf(samples);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a figure of " + candidate + " has no samples");
        }
    }

    /** The middle value; of an even number the mean of the two in the middle. */
    public double median() {
        List<Double> sorted = samples.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The least value. */
    public double min() {
        return samples.stream().mapToDouble(it -> it).min().orElseThrow();
    }

    /** The greatest value. */
    public double max() {
        return samples.stream().mapToDouble(it -> it).max().orElseThrow();
    }
}
