package org.brokertck.api;

import org.jspecify.annotations.Nullable;

/**
 * The message is over the limit that the implementation states. Nothing was stored and the instance keeps working (rule
 * G-6).
 */
public final class MessageTooLargeException extends BrokerException {
    private static final long serialVersionUID = 1L;

    /** @param message what was asked, of whom, and what to do; free of credentials */
    public MessageTooLargeException(String message) {
        this(message, null);
    }

    /**
     * @param message what was asked, of whom, and what to do; free of credentials
     * @param cause what lies behind it, or null
     */
    public MessageTooLargeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
