package org.brokertck.api;

import org.jspecify.annotations.Nullable;

/**
 * The instance was closed before the call or while it waited. Nothing happened, and nothing will: open a new one (rules
 * G-2, Q-22).
 */
public final class ClosedException extends BrokerException {
    private static final long serialVersionUID = 1L;

    /** @param message what was asked, of whom, and what to do; free of credentials */
    public ClosedException(String message) {
        this(message, null);
    }

    /**
     * @param message what was asked, of whom, and what to do; free of credentials
     * @param cause what lies behind it, or null
     */
    public ClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
