package org.brokertck.api;

import org.jspecify.annotations.Nullable;

/** A topic was named that nobody created (rule L-2). Nothing was done. */
public final class UnknownTopicException extends BrokerException {
    private static final long serialVersionUID = 1L;

    /** @param message what was asked, of whom, and what to do; free of credentials */
    public UnknownTopicException(String message) {
        this(message, null);
    }

    /**
     * @param message what was asked, of whom, and what to do; free of credentials
     * @param cause what lies behind it, or null
     */
    public UnknownTopicException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
