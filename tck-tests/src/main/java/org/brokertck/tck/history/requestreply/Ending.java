package org.brokertck.tck.history.requestreply;

import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.requestreply.NoResponderException;
import org.brokertck.api.requestreply.ResponderFailedException;

/** How a request ended, as its requester knows it. */
public enum Ending {
    /** It has not ended. */
    PENDING,
    /** With a reply. */
    REPLIED,
    /** With the failure of a responder. */
    FAILED,
    /** Its time ran out. */
    TIMED_OUT,
    /** Nobody responds to its topic. */
    NO_RESPONDER,
    /** Its requester was interrupted, or cancelled it. */
    GIVEN_UP,
    /** It was refused, or cut off by a close or a lost server. */
    REFUSED;

    /** The ending that an exception tells of. */
    static Ending of(Throwable thrown) {
        if (thrown instanceof ResponderFailedException) {
            return FAILED;
        }
        if (thrown instanceof OperationTimeoutException) {
            return TIMED_OUT;
        }
        if (thrown instanceof NoResponderException) {
            return NO_RESPONDER;
        }
        boolean givenUp = thrown instanceof OperationInterruptedException
                || thrown instanceof java.util.concurrent.CancellationException;
        return givenUp ? GIVEN_UP : REFUSED;
    }
}
