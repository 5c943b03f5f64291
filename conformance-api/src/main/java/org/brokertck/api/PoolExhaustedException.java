package org.brokertck.api;

import org.jspecify.annotations.Nullable;

/**
 * No connection of a pool became free within the borrow timeout (rule K-2). Nothing was borrowed; the message names the pool and
 * says how many of its connections are in use and how many others wait.
 */
public final class PoolExhaustedException extends BrokerException {
    private static final long serialVersionUID = 1L;

    /** @param message what was asked, of whom, and what to do; free of credentials */
    public PoolExhaustedException(String message) {
        this(message, null);
    }

    /**
     * @param message what was asked, of whom, and what to do; free of credentials
     * @param cause what lies behind it, or null
     */
    public PoolExhaustedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
