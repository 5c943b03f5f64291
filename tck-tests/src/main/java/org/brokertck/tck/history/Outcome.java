package org.brokertck.tck.history;

/** How a produce or publish call ended, as its caller knows it. */
public enum Outcome {
    /** It returned: the message is taken in. */
    OK,
    /** It threw: nothing of the message may be visible. */
    REFUSED,
    /** It threw without knowing: the message may or may not be taken in. */
    UNKNOWN,
    /** It has not returned yet. */
    PENDING
}
