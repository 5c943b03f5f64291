package org.brokertck.api;

import org.jspecify.annotations.Nullable;

/**
 * What was to be decoded is no encoded message: it is damaged, cut short, of another format, or of a version that this codec does
 * not know (rule K-4). The message says what is wrong and where, and shows no content.
 */
public final class MalformedMessageException extends BrokerException {
    private static final long serialVersionUID = 1L;

    /** @param message what was asked, of whom, and what to do; free of credentials */
    public MalformedMessageException(String message) {
        this(message, null);
    }

    /**
     * @param message what was asked, of whom, and what to do; free of credentials
     * @param cause what lies behind it, or null
     */
    public MalformedMessageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
