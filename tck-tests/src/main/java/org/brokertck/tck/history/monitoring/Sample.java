package org.brokertck.tck.history.monitoring;

import java.util.Map;

/**
 * One line of metrics.
 *
 * @param name the name on the line, which for histograms is longer than the family's
 * @param labels decoded, by name
 * @param value may be NaN or infinite
 */
public record Sample(String name, Map<String, String> labels, double value) {
    /** Isolates the labels. */
    public Sample {
        labels = Map.copyOf(labels);
    }

    /** Name and labels: what tells it from all others. */
    public String series() {
        return name + labels;
    }
}
