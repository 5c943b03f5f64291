package org.brokertck.api;

import org.jspecify.annotations.Nullable;

/**
 * No answer came in time, so the outcome is <em>unknown</em>: a message may or may not have been taken. Repeating the call
 * may duplicate it.
 */
public final class OperationTimeoutException extends BrokerException {
    private static final long serialVersionUID = 1L;

    /** @param message what was asked, of whom, and what to do; free of credentials */
    public OperationTimeoutException(String message) {
        this(message, null);
    }

    /**
     * @param message what was asked, of whom, and what to do; free of credentials
     * @param cause what lies behind it, or null
     */
    public OperationTimeoutException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
