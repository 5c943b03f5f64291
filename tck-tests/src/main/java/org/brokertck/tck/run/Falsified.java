package org.brokertck.tck.run;

/** A property that failed: what its workload showed, and how to replay it. */
public final class Falsified extends AssertionError {
    private static final long serialVersionUID = 1L;

    Falsified(Throwable finding, String text) {
        super(text, finding);
        setStackTrace(finding.getStackTrace());
    }
}
