package org.brokertck.tck.spec;

/** How strongly a rule binds. */
public enum Level {
    /** Every implementation. */
    MUST,
    /** Reported, but does not fail a run. */
    SHOULD,
    /** Every implementation that declares the rule's capability. */
    CAP
}
