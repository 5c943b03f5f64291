package org.brokertck.api;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that a broker throws by contract. The message says what was asked, of whom, and what to do.
 * Invalid arguments are no broker exceptions: they are refused with {@link NullPointerException} or
 * {@link IllegalArgumentException} that name the argument (rule G-1).
 */
public abstract class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was asked, of whom, and what to do; free of credentials
     * @param cause what lies behind it, or null
     */
    protected BrokerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
