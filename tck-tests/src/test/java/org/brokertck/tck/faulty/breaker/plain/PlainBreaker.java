package org.brokertck.tck.faulty.breaker.plain;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.brokertck.api.CircuitOpenException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.resilience.BreakerMetrics;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.api.resilience.CircuitBreaker;
import org.brokertck.api.resilience.CircuitBreakerConfig;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** A plain circuit breaker whose every decision a variant may take in another way. All methods but the call hold its lock. */
@SuppressWarnings("OperatorPrecedence") // read as written
public class PlainBreaker implements CircuitBreaker {
    protected final CircuitBreakerConfig config;
    protected final TimeSource time;
    protected BreakerState state = BreakerState.CLOSED;
    protected int period;
    protected int inARow;
    protected int admitted;
    protected int passed;
    protected long openUntil;
    protected long succeeded;
    protected long failed;
    protected long refused;
    protected long openings;
    private final String name;

    public PlainBreaker(PlainTarget.Opening opening) {
        this.name = opening.name();
        this.config = opening.config();
        this.time = opening.time();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public <T extends @Nullable Object> T call(Callable<T> action) throws Exception {
        Objects.requireNonNull(action, "action");
        int begun = begin();
        long start = time.nanoTime();
        T result;
        try {
            result = action.call();
        } catch (Throwable thrown) {
            ended(begun, thrown, start);
            throw thrown;
        }
        ended(begun, null, start);
        return result;
    }

    protected int begin() {
        synchronized (this) {
            look();
            if (admits()) {
                if (state == BreakerState.HALF_OPEN) {
                    admitted++;
                }
                return period;
            }
            refused++;
            throw refusal();
        }
    }

    protected boolean admits() {
        return state == BreakerState.CLOSED || state == BreakerState.HALF_OPEN && admitted < config.probes();
    }

    protected CircuitOpenException refusal() {
        return new CircuitOpenException("Breaker " + name + " is " + state, left());
    }

    protected Duration left() {
        return state == BreakerState.OPEN ? Duration.ofNanos(openUntil - time.nanoTime()) : Duration.ZERO;
    }

    protected synchronized void ended(int begun, @Nullable Throwable thrown, long start) {
        look();
        boolean counts = counts(begun);
        if (isInterrupt(thrown)) {
            if (counts) {
                undecided();
            }
        } else if (thrown != null && isFailure(thrown) || isSlow(Duration.ofNanos(time.nanoTime() - start))) {
            failed++;
            if (counts) {
                failure();
            }
        } else {
            succeeded++;
            if (counts) {
                success();
            }
        }
    }

    protected boolean counts(int begun) {
        return begun == period;
    }

    protected boolean isInterrupt(@Nullable Throwable thrown) {
        return thrown instanceof InterruptedException || thrown instanceof OperationInterruptedException;
    }

    protected boolean isFailure(Throwable thrown) {
        try {
            return config.failure().test(thrown);
        } catch (RuntimeException defect) {
            return true;
        }
    }

    protected boolean isSlow(Duration taken) {
        return taken.compareTo(config.slowCall()) > 0;
    }

    protected void undecided() {
        if (state == BreakerState.HALF_OPEN) {
            admitted--;
        }
    }

    protected void success() {
        inARow = 0;
        if (state == BreakerState.HALF_OPEN && ++passed >= config.probes()) {
            enter(BreakerState.CLOSED);
        }
    }

    protected void failure() {
        if (state == BreakerState.HALF_OPEN) {
            trip();
        } else if (state == BreakerState.CLOSED) {
            inARow++;
            if (inARow >= config.failureThreshold()) {
                trip();
            }
        }
    }

    protected void trip() {
        enter(BreakerState.OPEN);
        openUntil = time.nanoTime() + config.openDuration().toNanos();
        openings++;
    }

    protected void enter(BreakerState next) {
        state = next;
        period++;
        inARow = 0;
        admitted = 0;
        passed = 0;
    }

    protected void look() {
        if (state == BreakerState.OPEN && time.nanoTime() - openUntil >= 0) {
            enter(BreakerState.HALF_OPEN);
        }
    }

    @Override
    public synchronized BreakerState state() {
        look();
        return state;
    }

    @Override
    public synchronized BreakerMetrics metrics() {
        look();
        return new BreakerMetrics(state, inARow, succeeded, failed, refused, openings);
    }
}
