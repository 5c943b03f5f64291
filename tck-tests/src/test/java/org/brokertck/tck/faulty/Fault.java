package org.brokertck.tck.faulty;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.faulty.plain.Opening;
import org.brokertck.tck.faulty.plain.PlainTarget;
import org.brokertck.tck.faulty.simulated.SimulatedServer;
import org.brokertck.tck.faulty.simulated.SimulatedTarget;

/**
 * One faulty implementation.
 *
 * @param name the fault as one word
 * @param description what it does, in one sentence
 * @param kills the rules that must catch it
 * @param target makes it
 */
record Fault(String name, String description, List<Kill> kills, Supplier<ConformanceTarget> target) {
    /**
     * A rule that must catch the fault.
     *
     * @param rule its id
     * @param finding a regular expression that is to be found in what the rule says
     */
    record Kill(String rule, String finding) {}

    /** A faulty variant of the plain queue. */
    static Fault plain(
            String name, String rule, String finding, String description, Function<Opening, MessageQueue> queues) {
        return of(name, rule, finding, description, () -> PlainTarget.of(name, queues));
    }

    /** A faulty client of a simulated server that does its part well. */
    static Fault remote(
            String name,
            String rule,
            String finding,
            String description,
            BiFunction<SimulatedServer, Opening, MessageQueue> queues) {
        return of(name, rule, finding, description, () -> new SimulatedTarget(name, new SimulatedServer(), queues));
    }

    /** A faulty target. */
    static Fault of(String name, String rule, String finding, String description, Supplier<ConformanceTarget> target) {
        return new Fault(name, description, List.of(new Kill(rule, finding)), target);
    }

    /** This fault, which another rule must catch as well. */
    Fault and(String rule, String finding) {
        List<Kill> all = new java.util.ArrayList<>(kills);
        all.add(new Kill(rule, finding));
        return new Fault(name, description, List.copyOf(all), target);
    }

    @Override
    public String toString() {
        return name;
    }
}
