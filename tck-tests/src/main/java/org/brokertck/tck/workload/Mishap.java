package org.brokertck.tck.workload;

import java.io.IOException;

/** The ways in which a handler fails. */
public enum Mishap {
    /** An unchecked exception. */
    EXCEPTION,
    /** A checked exception. */
    CHECKED,
    /** An error. */
    ERROR,
    /** An exception, with the thread's interrupt flag left set. */
    INTERRUPTED;

    /** Fails in this way, naming the message and the attempt. */
    public void strike(String id, int attempt) throws Exception {
        String text = "attempt " + attempt + " at " + id + " fails by plan";
        switch (this) {
            case EXCEPTION -> throw new IllegalStateException(text);
            case CHECKED -> throw new IOException(text);
            case ERROR -> throw new AssertionError(text);
            case INTERRUPTED -> {
                Thread.currentThread().interrupt();
                throw new IllegalArgumentException(text);
            }
        }
    }
}
