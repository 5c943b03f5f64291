package org.brokertck.tck.check.requestreply;

import java.time.Duration;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.requestreply.Ending;
import org.brokertck.tck.history.requestreply.RequestCall;
import org.brokertck.tck.history.requestreply.RequestReplyHistory;

/** Rules Y-1 and Y-2: every request ends within its timeout, counted from its own call, and none times out sooner. */
public final class EndedInTime implements Check<RequestReplyHistory> {
    /** Clocks of timers and of the history may differ by so much. */
    private static final Duration ROUNDING = Duration.ofMillis(1);

    private final Duration tolerance;

    /** @param tolerance how late something timed may be */
    public EndedInTime(Duration tolerance) {
        this.tolerance = tolerance;
    }

    @Override
    public Verdict judge(RequestReplyHistory history) {
        for (RequestCall call : history.requests()) {
            if (call.ending() == Ending.PENDING) {
                return Verdict.invalid(call.id() + " never ended", history.about(call.id()));
            }
            if (call.took().compareTo(call.timeout().plus(tolerance)) > 0) {
                return Verdict.invalid(
                        "%s ended %s after it was made, with a timeout of %s"
                                .formatted(call.id(), call.took(), call.timeout()),
                        history.about(call.id()));
            }
            boolean early = call.took().plus(ROUNDING).compareTo(call.timeout()) < 0;
            if (call.ending() == Ending.TIMED_OUT && early) {
                return Verdict.invalid(
                        "%s timed out after %s, with a timeout of %s".formatted(call.id(), call.took(), call.timeout()),
                        history.about(call.id()));
            }
        }
        return Verdict.valid();
    }
}
