package org.brokertck.tck.workload;

import java.util.List;
import java.util.Optional;

/** One step of a schedule. It has come to rest before the next one begins. */
public interface Step {
    /** To which it happens, modulo their number. */
    int which();

    /** To which of these it happens; to none where there are none. */
    default <T> Optional<T> pick(List<T> candidates) {
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(which() % candidates.size()));
    }
}
