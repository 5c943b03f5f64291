package org.brokertck.tck.faulty.breaker.legal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.CircuitOpenException;
import org.brokertck.api.resilience.BreakerState;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.faulty.breaker.plain.PlainBreaker;
import org.brokertck.tck.faulty.breaker.plain.PlainTarget;
import org.jspecify.annotations.Nullable;

/** All odd but legal circuit breakers, by name. */
final class LegalBreakers {
    private LegalBreakers() {}

    static List<ConformanceTarget> all() {
        return List.of(
                PlainTarget.of("StrictlyAfterTheDuration", it -> new PlainBreaker(it) {
                    @Override
                    protected void look() {
                        if (time.nanoTime() != openUntil) {
                            super.look();
                        }
                    }
                }),
                PlainTarget.of("ClockOfMilliseconds", it -> new PlainBreaker(it) {
                    @Override
                    protected void trip() {
                        super.trip();
                        openUntil -= openUntil % 1_000_000;
                    }
                }),
                PlainTarget.of("HalfOpensByAnAlarm", it -> new PlainBreaker(it) {
                    @Override
                    protected void trip() {
                        super.trip();
                        time.schedule(config.openDuration(), this::state);
                    }
                }),
                PlainTarget.of("WordyRefusals", it -> new PlainBreaker(it) {
                    @Override
                    public <T extends @Nullable Object> T call(@Nullable Callable<T> action) throws Exception {
                        if (action == null) {
                            throw new IllegalArgumentException("Action must not be null, dear caller, and was");
                        }
                        return super.call(action);
                    }

                    @Override
                    protected CircuitOpenException refusal() {
                        String probes = state == BreakerState.HALF_OPEN ? "; its probes are out" : "";
                        return new CircuitOpenException("[" + name() + "] not now" + probes, left());
                    }
                }),
                PlainTarget.of("RoundsTheWaitUp", it -> new PlainBreaker(it) {
                    @Override
                    protected Duration left() {
                        Duration left = super.left();
                        return left.isZero() ? left : Duration.ofMillis((left.toNanos() + 999_999) / 1_000_000);
                    }
                }),
                PlainTarget.of("TakesItsTime", it -> new PlainBreaker(it) {
                    @Override
                    protected int begin() {
                        LockSupport.parkNanos(20_000);
                        return super.begin();
                    }
                }));
    }
}
