package org.brokertck.tck.faulty;

import java.util.List;
import java.util.function.Supplier;
import org.brokertck.api.target.ConformanceTarget;

/**
 * One faulty implementation.
 *
 * @param name the fault as one word
 * @param description what it does, in one sentence
 * @param kills the rules that must catch it
 * @param target makes it
 */
public record Fault(String name, String description, List<Kill> kills, Supplier<ConformanceTarget> target) {
    /**
     * A rule that must catch the fault.
     *
     * @param rule its id
     * @param finding a regular expression that is to be found in what the rule says
     */
    public record Kill(String rule, String finding) {}

    /** A faulty target. */
    public static Fault of(
            String name, String rule, String finding, String description, Supplier<ConformanceTarget> target) {
        return new Fault(name, description, List.of(new Kill(rule, finding)), target);
    }

    /** This fault, which another rule must catch as well. */
    public Fault and(String rule, String finding) {
        List<Kill> all = new java.util.ArrayList<>(kills);
        all.add(new Kill(rule, finding));
        return new Fault(name, description, List.copyOf(all), target);
    }

    @Override
    public String toString() {
        return name;
    }
}
