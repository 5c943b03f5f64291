package org.brokertck.tck.spec;

import java.util.Locale;

/** The contracts that this kit tests, each with the families of rules that bind it. */
public enum Contract {
    /** The message queue. */
    QUEUE("GQ");

    private final String families;

    /** @param families the letters of its families of rules */
    Contract(String families) {
        this.families = families;
    }

    /** Whether the rule binds implementations of this contract. */
    public boolean includes(Rule rule) {
        return families.contains(rule.family());
    }

    /** The word on the command line: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
