package org.brokertck.tck.resilience.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.brokertck.api.CircuitOpenException;
import org.brokertck.tck.check.resilience.BreakerModel;
import org.brokertck.tck.check.resilience.BreakerModel.Shown;
import org.brokertck.tck.workload.resilience.BreakerStep;
import org.brokertck.tck.workload.resilience.BreakerStep.Pace;
import org.brokertck.tck.workload.resilience.CallEnding;

/** Leads a breaker and its model through the same steps, and compares them after each. */
final class BreakerSchedule {
    private final BreakerUnderTest breaker;
    private final BreakerModel model;
    private final Consumer<Duration> clock;
    private final List<Held> held = new ArrayList<>();
    private Duration now = Duration.ZERO;

    /** A call that is under way. */
    private record Held(ScriptedCall call, int begunIn, Duration begunAt) {}

    /** @param clock moves the breaker's clock on */
    BreakerSchedule(BreakerUnderTest breaker, Consumer<Duration> clock) {
        this.breaker = breaker;
        this.model = new BreakerModel(breaker.config());
        this.clock = clock;
    }

    /** Runs all steps; calls that are still under way then return. */
    void run(List<BreakerStep> steps) {
        try {
            for (BreakerStep step : steps) {
                run(step);
                breaker.requireMetrics(model.metrics(now));
            }
        } finally {
            held.forEach(it -> it.call().end(CallEnding.RETURNS));
        }
    }

    private void run(BreakerStep step) {
        if (step instanceof BreakerStep.Pass pass) {
            pass(pass.duration());
        } else if (step instanceof BreakerStep.Whole whole) {
            if (begin()) {
                pass(duration(whole.pace()));
                end(held.size() - 1, whole.ending());
            }
        } else if (step instanceof BreakerStep.Begin) {
            begin();
        } else if (step instanceof BreakerStep.End end && !held.isEmpty()) {
            end(end.which() % held.size(), end.ending());
        }
    }

    /** Whether the call is let through, as it is due. */
    private boolean begin() {
        boolean through = model.begins(now);
        ScriptedCall call = breaker.tryBegin();
        if (through) {
            breaker.require(
                    call.letThrough(),
                    "a call was not let through where it is due: it ended with %s".formatted(call.ending()));
            held.add(new Held(call, model.epoch(now), now));
            return true;
        }
        CircuitOpenException refusal = breaker.refusalOf(call);
        Duration due = model.retryAfter(now);
        // A breaker that is read by the wall clock has grown older than the model, which stands still.
        breaker.require(
                refusal.retryAfter().compareTo(due.plus(OpenDurationRules.GRANULARITY)) <= 0
                        && refusal.retryAfter().isZero() == due.isZero(),
                "the refusal says to try again after %s where %s are left".formatted(refusal.retryAfter(), due));
        return false;
    }

    private Duration duration(Pace pace) {
        Duration slow = breaker.config().slowCall();
        return switch (pace) {
            case AT_ONCE -> Duration.ZERO;
            case JUST_IN_TIME -> slow;
            case TOO_SLOW -> slow.plus(OpenDurationRules.GRANULARITY);
        };
    }

    private void pass(Duration duration) {
        if (!duration.isZero()) {
            breaker.tell(duration + " pass");
            clock.accept(duration);
            now = now.plus(duration);
        }
    }

    private void end(int which, CallEnding ending) {
        Held ended = held.remove(which);
        model.ends(ended.begunIn(), shown(ending, now.minus(ended.begunAt())), now);
        breaker.end(ended.call(), ending);
    }

    private Shown shown(CallEnding ending, Duration taken) {
        if (!ending.isFailure() && !ending.isSuccess()) {
            return Shown.NOTHING;
        }
        boolean slow = taken.compareTo(breaker.config().slowCall()) > 0;
        return slow || ending.isFailure() ? Shown.FAILURE : Shown.SUCCESS;
    }
}
