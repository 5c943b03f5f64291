package org.brokertck.tck.history;

/** How a produce call ended, as its caller knows it. */
public enum Outcome {
    /** It returned: the message is in the queue. */
    OK,
    /** It threw: nothing of the message may be visible. */
    REFUSED,
    /** It threw without knowing: the message may or may not be in the queue. */
    UNKNOWN,
    /** It has not returned yet. */
    PENDING
}
