package org.brokertck.tck.run;

import org.brokertck.tck.spec.Rule;

/** Hears of each rule test as it ends. */
@FunctionalInterface
public interface Progress {
    /** A test has ended. */
    void ended(Rule rule, TestResult test);
}
