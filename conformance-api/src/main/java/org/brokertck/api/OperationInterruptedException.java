package org.brokertck.api;

import org.jspecify.annotations.Nullable;

/**
 * The calling thread was interrupted while it waited. The interrupt flag is set again and nothing is left half done (rule
 * G-9).
 */
public final class OperationInterruptedException extends BrokerException {
    private static final long serialVersionUID = 1L;

    /** @param message what was asked, of whom, and what to do; free of credentials */
    public OperationInterruptedException(String message) {
        this(message, null);
    }

    /**
     * @param message what was asked, of whom, and what to do; free of credentials
     * @param cause what lies behind it, or null
     */
    public OperationInterruptedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
