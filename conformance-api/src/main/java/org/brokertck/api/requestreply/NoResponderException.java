package org.brokertck.api.requestreply;

import org.brokertck.api.BrokerException;
import org.jspecify.annotations.Nullable;

/** Nobody responds to the topic of a request (rule Y-2): no handler saw it, and none will. */
public final class NoResponderException extends BrokerException {
    private static final long serialVersionUID = 1L;

    /** @param message what was asked, of whom, and what to do; free of credentials */
    public NoResponderException(String message) {
        this(message, null);
    }

    /**
     * @param message what was asked, of whom, and what to do; free of credentials
     * @param cause what lies behind it, or null
     */
    public NoResponderException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
