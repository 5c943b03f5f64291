package org.brokertck.tck.check.resilience;

import java.time.Duration;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.api.resilience.CircuitBreakerConfig;

/** Rule K-3 as a machine: told what happens and when, it says what a circuit breaker does. Not safe for several threads. */
public final class BreakerModel {
    private final CircuitBreakerConfig config;
    private BreakerState state = BreakerState.CLOSED;
    private int epoch;
    private int inARow;
    private int places;
    private int passed;
    private Duration openUntil = Duration.ZERO;
    private long succeeded;
    private long failed;
    private long refused;
    private long openings;

    /** What a call that was let through has shown. */
    public enum Shown {
        /** The other side is well. */
        SUCCESS,
        /** It is not. */
        FAILURE,
        /** Nothing. */
        NOTHING
    }

    /** @param config the settings of the breaker that it is the model of */
    public BreakerModel(CircuitBreakerConfig config) {
        this.config = config;
    }

    /** The period that it is in now, which changes with the state. */
    public int epoch(Duration now) {
        state(now);
        return epoch;
    }

    /** Whether a call that begins now is let through. */
    public boolean begins(Duration now) {
        boolean through = switch (state(now)) {
            case CLOSED -> true;
            case OPEN -> false;
            case HALF_OPEN -> places > 0;
        };
        if (!through) {
            refused++;
        } else if (state == BreakerState.HALF_OPEN) {
            places--;
        }
        return through;
    }

    /** A call that began in that period ends now. */
    public void ends(int begunIn, Shown shown, Duration now) {
        boolean counts = begunIn == epoch(now);
        switch (shown) {
            case SUCCESS -> {
                succeeded++;
                if (counts) {
                    success();
                }
            }
            case FAILURE -> {
                failed++;
                if (counts) {
                    failure(now);
                }
            }
            case NOTHING -> {
                if (counts && state == BreakerState.HALF_OPEN) {
                    places++;
                }
            }
        }
    }

    private void success() {
        inARow = 0;
        if (state == BreakerState.HALF_OPEN && ++passed == config.probes()) {
            enter(BreakerState.CLOSED);
        }
    }

    private void failure(Duration now) {
        if (state == BreakerState.HALF_OPEN || ++inARow >= config.failureThreshold()) {
            enter(BreakerState.OPEN);
            openUntil = now.plus(config.openDuration());
            openings++;
        }
    }

    private void enter(BreakerState next) {
        state = next;
        epoch++;
        inARow = 0;
        passed = 0;
        places = config.probes();
    }

    /** The state that a call meets now. */
    public BreakerState state(Duration now) {
        if (state == BreakerState.OPEN && now.compareTo(openUntil) >= 0) {
            enter(BreakerState.HALF_OPEN);
        }
        return state;
    }

    /** For how long from now nothing is let through for certain. */
    public Duration retryAfter(Duration now) {
        return state(now) == BreakerState.OPEN ? openUntil.minus(now) : Duration.ZERO;
    }

    /** The figures now. */
    public BreakerMetrics metrics(Duration now) {
        return new BreakerMetrics(state(now), inARow, succeeded, failed, refused, openings);
    }
}
