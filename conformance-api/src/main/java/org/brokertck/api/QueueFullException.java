package org.brokertck.api;

import org.jspecify.annotations.Nullable;

/**
 * A bounded queue had no room within the produce timeout. The message is refused: it is not counted and will never be
 * delivered (rule Q-21).
 */
public final class QueueFullException extends BrokerException {
    private static final long serialVersionUID = 1L;

    /** @param message what was asked, of whom, and what to do; free of credentials */
    public QueueFullException(String message) {
        this(message, null);
    }

    /**
     * @param message what was asked, of whom, and what to do; free of credentials
     * @param cause what lies behind it, or null
     */
    public QueueFullException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
