package org.brokertck.tck.report;

import org.brokertck.tck.run.Status;

/**
 * How a status looks: never by colour alone.
 *
 * @param key its name for styles and filters
 * @param symbol one character
 * @param word what the character stands for
 */
record Mark(String key, String symbol, String word) {
    /** The mark of a status. */
    static Mark of(Status status) {
        return switch (status) {
            case PASSED -> new Mark("passed", "✔", "passed");
            case FAILED -> new Mark("failed", "✘", "failed");
            case INCONCLUSIVE -> new Mark("inconclusive", "?", "inconclusive");
            case NOT_SUPPORTED -> new Mark("notSupported", "–", "not supported");
            case NOT_RUN -> new Mark("notRun", "·", "not run");
            case ERROR -> new Mark("error", "!", "error");
        };
    }
}
