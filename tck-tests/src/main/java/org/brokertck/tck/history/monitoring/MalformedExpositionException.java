package org.brokertck.tck.history.monitoring;

/** A text that is not in the text format of Prometheus. */
public final class MalformedExpositionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String finding;

    MalformedExpositionException(int line, String text, String problem) {
        this("line %d of the metrics %s: %s".formatted(line, problem, text));
    }

    MalformedExpositionException(String finding) {
        super(finding);
        this.finding = finding;
    }

    /** What is wrong, in a sentence. */
    public String finding() {
        return finding;
    }
}
