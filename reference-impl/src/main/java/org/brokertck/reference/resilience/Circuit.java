package org.brokertck.reference.resilience;

import java.time.Duration;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.api.resilience.CircuitBreakerConfig;

/**
 * The three states and their periods. A period is the time between two changes of state, and what a call says counts only in the
 * period that admitted it: a call that was let through when the circuit was closed, and fails when a later one has half opened it,
 * is no probe. Used only under the breaker's lock.
 */
final class Circuit {
    private final int failureThreshold;
    private final int probes;
    private final long openNanos;
    private BreakerState state = BreakerState.CLOSED;
    private long period;
    private int failuresInARow;
    private int probesAdmitted;
    private int probesSucceeded;
    private long openUntil;
    private long succeeded;
    private long failed;
    private long refused;
    private long openings;

    Circuit(CircuitBreakerConfig config) {
        this.failureThreshold = config.failureThreshold();
        this.probes = config.probes();
        this.openNanos = config.openDuration().toNanos();
    }

    /** The number of the current period, which an admitted call brings back with its outcome. */
    long period() {
        return period;
    }

    /** Whether a call is let through now. One that is must come back with {@link #ended}. */
    boolean admits(long now) {
        boolean admitted = switch (state(now)) {
            case CLOSED -> true;
            case OPEN -> false;
            case HALF_OPEN -> probesAdmitted < probes;
        };
        if (!admitted) {
            refused++;
        } else if (state == BreakerState.HALF_OPEN) {
            probesAdmitted++;
        }
        return admitted;
    }

    /** An admitted call has ended. */
    void ended(long admittedIn, Outcome outcome, long now) {
        switch (outcome) {
            case SUCCEEDED -> succeeded++;
            case FAILED -> failed++;
            case UNDECIDED -> {}
        }
        if (admittedIn == period) {
            count(outcome, now);
        }
    }

    private void count(Outcome outcome, long now) {
        switch (outcome) {
            case SUCCEEDED -> {
                failuresInARow = 0;
                if (state == BreakerState.HALF_OPEN && ++probesSucceeded == probes) {
                    change(BreakerState.CLOSED);
                }
            }
            case FAILED -> {
                if (state == BreakerState.HALF_OPEN || ++failuresInARow == failureThreshold) {
                    change(BreakerState.OPEN);
                    openUntil = now + openNanos;
                    openings++;
                }
            }
            case UNDECIDED -> probesAdmitted = Math.max(0, probesAdmitted - 1);
        }
    }

    private void change(BreakerState next) {
        state = next;
        period++;
        failuresInARow = 0;
        probesAdmitted = 0;
        probesSucceeded = 0;
    }

    /** The state now; the first look after the open duration half opens the circuit. */
    BreakerState state(long now) {
        if (state == BreakerState.OPEN && now - openUntil >= 0) {
            change(BreakerState.HALF_OPEN);
        }
        return state;
    }

    /** For how long nothing is let through for certain. */
    Duration openFor(long now) {
        return state(now) == BreakerState.OPEN ? Duration.ofNanos(openUntil - now) : Duration.ZERO;
    }

    BreakerMetrics metrics(long now) {
        return new BreakerMetrics(state(now), failuresInARow, succeeded, failed, refused, openings);
    }
}
