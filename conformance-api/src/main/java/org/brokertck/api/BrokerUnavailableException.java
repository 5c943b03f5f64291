package org.brokertck.api;

import org.jspecify.annotations.Nullable;

/**
 * The server behind an adapter cannot be reached, or refused the connection. The message names the address and never the
 * password (rule G-13). The call had no effect.
 */
public final class BrokerUnavailableException extends BrokerException {
    private static final long serialVersionUID = 1L;

    /** @param message what was asked, of whom, and what to do; free of credentials */
    public BrokerUnavailableException(String message) {
        this(message, null);
    }

    /**
     * @param message what was asked, of whom, and what to do; free of credentials
     * @param cause what lies behind it, or null
     */
    public BrokerUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
