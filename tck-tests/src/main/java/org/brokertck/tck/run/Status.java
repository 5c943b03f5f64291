package org.brokertck.tck.run;

import java.util.Collection;
import java.util.List;

/** What a run says of a rule, or of one test of it. Only {@link #PASSED} and {@link #NOT_SUPPORTED} are green. */
public enum Status {
    /** Tested, and nothing wrong was seen. */
    PASSED("passed"),
    /** Seen broken. */
    FAILED("failed"),
    /** Tested, without an answer; never counted as passed. */
    INCONCLUSIVE("inconclusive"),
    /** The target does not declare the capability that makes the rule binding. */
    NOT_SUPPORTED("notSupported"),
    /** Filtered out, or not testable in this set-up. */
    NOT_RUN("notRun"),
    /** The kit or its environment failed. */
    ERROR("error");

    /** Which status counts for a rule when its tests differ: the first of these. */
    private static final List<Status> BY_WEIGHT = List.of(FAILED, ERROR, INCONCLUSIVE, PASSED, NOT_RUN, NOT_SUPPORTED);

    private final String key;

    Status(String key) {
        this.key = key;
    }

    /** The name of its count in the report. */
    public String key() {
        return key;
    }

    /** Whether it keeps a target from being conformant. */
    public boolean isRed() {
        return this == FAILED || this == INCONCLUSIVE || this == ERROR;
    }

    /** The status of a rule whose tests ended so. */
    static Status of(Collection<Status> tests) {
        return BY_WEIGHT.stream().filter(tests::contains).findFirst().orElse(NOT_RUN);
    }
}
