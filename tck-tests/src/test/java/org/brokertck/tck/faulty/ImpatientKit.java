package org.brokertck.tck.faulty;

import java.util.HashMap;
import java.util.Map;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.run.Tries;
import org.brokertck.tck.time.TckTimeouts;

/** Shortens the kit's waits while it is open, since faulty queues make it wait for what never comes, and shrinks nothing. */
public final class ImpatientKit implements AutoCloseable {
    /** The property that sets how long faulty queues are waited for, as a share of the kit's usual waits. */
    private static final String FACTOR = "tck.faulty.timeoutFactor";

    /**
     * Where nothing else is asked for, faulty implementations are given the same random workloads in every build: what nearly
     * all workloads catch would otherwise go by once in some hundred builds. Those that only random workloads catch were given
     * forty others each.
     */
    private static final String SEED = "1";

    private final Map<String, String> before = new HashMap<>();

    private ImpatientKit() {}

    /** For that target: servers are given six times as long as queues in memory, and a simulated one needs no time at all. */
    static ImpatientKit on(ConformanceTarget target) {
        double factor = Double.parseDouble(System.getProperty(FACTOR, "0.1"));
        boolean remote = target.capabilities().contains(Capability.REMOTE);
        ImpatientKit kit = new ImpatientKit();
        kit.set(TckTimeouts.FACTOR_PROPERTY, Double.toString(remote ? factor / 2 : factor));
        kit.set(Tries.SHRINKING_PROPERTY, "off");
        kit.set(Tries.SEED_PROPERTY, System.getProperty(Tries.SEED_PROPERTY, SEED));
        return kit;
    }

    /** With fewer workloads and somewhat shorter waits, for queues that are run through every rule and are found fault with by none; shrinks nothing either. */
    public static ImpatientKit brief() {
        ImpatientKit kit = new ImpatientKit();
        kit.set(TckTimeouts.FACTOR_PROPERTY, System.getProperty("tck.legal.timeoutFactor", "0.4"));
        kit.set(Tries.TRIES_PROPERTY, System.getProperty("tck.legal.tries", "6"));
        kit.set(Tries.SHRINKING_PROPERTY, "off");
        return kit;
    }

    private void set(String property, String value) {
        before.put(property, System.getProperty(property, ""));
        System.setProperty(property, value);
    }

    @Override
    public void close() {
        before.forEach((property, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
    }
}
