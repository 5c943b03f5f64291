package org.brokertck.tck.workload.resilience;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.brokertck.api.CircuitOpenException;
import org.brokertck.api.OperationInterruptedException;

/** How a call through a circuit breaker ends. */
public enum CallEnding {
    /** It returns something. */
    RETURNS(false, true),
    /** It throws a checked exception that is a failure. */
    FAILS(true, false),
    /** It throws an error. */
    BREAKS(true, false),
    /** It throws {@link CancellationException}, which looks like an interrupt and is none: nobody interrupted the caller. */
    IS_CANCELLED(true, false),
    /** It throws {@link CircuitOpenException}: it has called something behind another breaker. */
    IS_REFUSED(true, false),
    /** It throws an exception that is no failure by the settings. */
    DECLINES(false, true),
    /** It throws {@link InterruptedException}. */
    IS_INTERRUPTED(false, false),
    /** It throws {@link OperationInterruptedException}. */
    IS_ABORTED(false, false);

    private final boolean failure;
    private final boolean success;

    CallEnding(boolean failure, boolean success) {
        this.failure = failure;
        this.success = success;
    }

    /** The exception by which a call says that the other side is well and only said no. */
    public static final class DeclinedException extends Exception {
        private static final long serialVersionUID = 1L;

        DeclinedException() {
            super("declined, as planned");
        }
    }

    /** Whether it is a failure, however long it took. */
    public boolean isFailure() {
        return failure;
    }

    /** Whether it is a success, unless it took too long. */
    public boolean isSuccess() {
        return success;
    }

    /** What it throws, made anew; nothing when it returns. */
    public java.util.Optional<Throwable> thrown() {
        return java.util.Optional.ofNullable(
                switch (this) {
                    case RETURNS -> null;
                    case FAILS -> new IOException("failed, as planned");
                    case BREAKS -> new LinkageError("broke, as planned");
                    case IS_CANCELLED -> new CancellationException("cancelled, as planned");
                    case IS_REFUSED ->
                        new CircuitOpenException("refused by another breaker, as planned", Duration.ZERO);
                    case DECLINES -> new DeclinedException();
                    case IS_INTERRUPTED -> new InterruptedException("interrupted, as planned");
                    case IS_ABORTED -> new OperationInterruptedException("aborted, as planned");
                });
    }
}
