package org.brokertck.tck.run;

import java.util.Optional;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;

/** How many random workloads each property runs, and from which seed. */
public final class Tries {
    /** The property that sets the number of workloads for every property. */
    public static final String TRIES_PROPERTY = "tck.tries";

    /** The property that sets the seed of every property. */
    public static final String SEED_PROPERTY = "tck.seed";

    /** The property that leaves a failing workload as it is when it says {@code off}. */
    public static final String SHRINKING_PROPERTY = "tck.shrinking";

    private static final int IN_MEMORY = 12;
    private static final int REMOTE = 5;

    private Tries() {}

    /** The number of workloads: as set, else fewer where each costs many round trips to a server. */
    public static int count(ConformanceTarget target) {
        return setting(TRIES_PROPERTY)
                .map(Tries::positive)
                .orElse(target.capabilities().contains(Capability.REMOTE) ? REMOTE : IN_MEMORY);
    }

    /** The seed that is set, if one is. */
    public static Optional<String> seed() {
        return setting(SEED_PROPERTY);
    }

    /** Whether a failing workload is made smaller before it is reported, which can take longer than finding it. */
    static boolean shrunk() {
        return !setting(SHRINKING_PROPERTY).filter("off"::equals).isPresent();
    }

    private static Optional<String> setting(String property) {
        return Optional.ofNullable(System.getProperty(property)).filter(it -> !it.isBlank());
    }

    private static int positive(String text) {
        int tries = Integer.parseInt(text);
        if (tries < 1) {
            throw new IllegalArgumentException(TRIES_PROPERTY + " is " + tries + ": it must be 1 or more");
        }
        return tries;
    }
}
