package org.brokertck.performance.result;

import java.time.Instant;
import java.util.List;

/**
 * All that one run measured.
 *
 * @param subject whose figures they are, such as a target's name and version
 * @param machine where
 * @param startedAt when
 * @param scenarios in order
 */
public record Measurements(String subject, Machine machine, Instant startedAt, List<Scenario> scenarios) {
    /** Isolates the list. */
    public Measurements {
        scenarios = List.copyOf(scenarios);
    }

    /** Whether some measurement was thrown away. */
    public boolean hasDiscarded() {
        return scenarios.stream().flatMap(it -> it.leftOut().stream()).anyMatch(LeftOut::discarded);
    }
}
