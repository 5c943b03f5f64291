package org.brokertck.cli.unsafe;

import java.util.function.Function;
import java.util.regex.Pattern;
import org.brokertck.api.target.ConformanceTarget;

/**
 * A careless set-up of a real broker, the rule that tells, and its safe twin.
 *
 * @param title what is careless
 * @param rule the id of the rule
 * @param finding what every failed test of the rule finds, somewhere in its text
 * @param patience the factor on the kit's waits: they are used up by what never comes
 * @param unsafe the set-up
 * @param safe differs from it in the careless habit only
 */
record UnsafeSetup(
        String title,
        String rule,
        Pattern finding,
        double patience,
        Function<Servers, ConformanceTarget> unsafe,
        Function<Servers, ConformanceTarget> safe) {
    @Override
    public String toString() {
        return title + " (" + rule + ")";
    }
}
