package org.brokertck.api;

import java.time.Duration;
import java.util.Objects;

/**
 * A circuit breaker let the call not through, since too many before it failed (rule K-3). The action was not started; the message
 * names the breaker.
 */
public final class CircuitOpenException extends BrokerException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /**
     * @param message what was asked, of whom, and what to do; free of credentials
     * @param retryAfter how long from now the breaker will let nothing through for certain; 0 or more
     */
    public CircuitOpenException(String message, Duration retryAfter) {
        super(message, null);
        this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
    }

    /** How long from now nothing is let through for certain; 0 when probes are under way, whose outcome decides. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
