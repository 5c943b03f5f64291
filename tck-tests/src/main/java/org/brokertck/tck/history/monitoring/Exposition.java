package org.brokertck.tck.history.monitoring;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All metrics of one scrape.
 *
 * @param families by name, in the order of the text
 */
public record Exposition(Map<String, Family> families) {
    /** Isolates the map. */
    public Exposition {
        families = Collections.unmodifiableMap(new LinkedHashMap<>(families));
    }

    /** The family of that name. */
    public Optional<Family> family(String name) {
        return Optional.ofNullable(families.get(name));
    }

    /** The value of a series; empty when it is not there. */
    public OptionalDouble value(String family, String sample, Map<String, String> labels) {
        return family(family).map(Family::samples).orElse(List.of()).stream()
                .filter(it -> it.name().equals(sample) && it.labels().equals(labels))
                .mapToDouble(Sample::value)
                .findFirst();
    }

    /** The value of a series of a metric whose samples bear its own name. */
    public OptionalDouble value(String name, Map<String, String> labels) {
        return value(name, name, labels);
    }
}
