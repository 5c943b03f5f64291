package org.brokertck.tck.run;

import org.opentest4j.TestAbortedException;

/** A rule that binds the target cannot be tested in this set-up, without a hand on its server for instance. */
public final class NotRun extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    /** @param reason what is missing and how to supply it */
    public NotRun(String reason) {
        super(reason);
    }
}
