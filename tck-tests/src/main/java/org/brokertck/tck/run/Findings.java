package org.brokertck.tck.run;

import org.opentest4j.TestAbortedException;

/** What a failure of a rule test means. */
final class Findings {
    private Findings() {}

    /** The status of a test that ended with this failure. */
    static Status status(Throwable failure) {
        Throwable cause = failure instanceof Falsified && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RuleViolation) {
            return Status.FAILED;
        }
        if (cause instanceof Inconclusive) {
            return Status.INCONCLUSIVE;
        }
        return cause instanceof TestAbortedException ? Status.NOT_RUN : Status.ERROR;
    }

    /** The failure for a report: findings speak for themselves, errors need their stack. */
    static String text(Throwable failure) {
        return status(failure) == Status.ERROR ? failure + stack(failure) : String.valueOf(failure.getMessage());
    }

    private static String stack(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : failure.getStackTrace()) {
            text.append("\n      at ").append(frame);
        }
        return text.toString();
    }
}
