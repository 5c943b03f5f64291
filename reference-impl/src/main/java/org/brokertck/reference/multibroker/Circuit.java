package org.brokertck.reference.multibroker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.multibroker.MultiBrokerConfig;
import org.brokertck.reference.time.TimeSource;

/** Opens after so many failures in a row, and then lets one call through in every probe interval (rule M-10). */
final class Circuit {
    private static final float ALL = 100;

    private final CircuitBreaker breaker;

    Circuit(String broker, MultiBrokerConfig config, TimeSource time) {
        this.breaker = CircuitBreaker.of(
                broker,
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                config.failureThreshold(),
                                config.failureThreshold(),
                                CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(ALL)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(config.probeInterval())
                        .clock(new SourceClock(time))
                        .build());
    }

    /** Whether calls go through as usual. */
    boolean isClosed() {
        return breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    /** Whether a call may be made now; its outcome must be told by one of the methods below. */
    boolean tryEnter() {
        return breaker.tryAcquirePermission();
    }

    void succeeded() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    void failed(Throwable failure) {
        breaker.onError(0, TimeUnit.NANOSECONDS, failure);
    }

    /** The call says nothing about the broker. */
    void left() {
        breaker.releasePermission();
    }

    /** In a word, for details. */
    String state() {
        return breaker.getState().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A time source as a clock. */
    private static final class SourceClock extends Clock {
        private final TimeSource time;

        SourceClock(TimeSource time) {
            this.time = time;
        }

        @Override
        public Instant instant() {
            return time.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(instant(), zone);
        }
    }
}
