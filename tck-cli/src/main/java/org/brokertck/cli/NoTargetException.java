package org.brokertck.cli;

/** The target could not be reached or found; the message says what to do. */
final class NoTargetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoTargetException(String message) {
        super(message);
    }

    NoTargetException(String message, Throwable cause) {
        super(message, cause);
    }
}
