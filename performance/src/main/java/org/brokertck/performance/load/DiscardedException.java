package org.brokertck.performance.load;

/** A measurement is worth nothing, since records were lost, delivered twice, or refused. The message says which and of whom. */
public final class DiscardedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what went wrong */
    public DiscardedException(String message) {
        super(message);
    }

    /** @param cause what was thrown on the way */
    public DiscardedException(String message, Throwable cause) {
        super(message, cause);
    }
}
