package org.brokertck.api.monitoring;

/** How an attempt at a message ended. */
public enum Outcome {
    /** The handler returned normally. */
    SUCCESS,
    /** The handler threw. */
    FAILURE
}
