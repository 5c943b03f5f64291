package org.brokertck.tck.scenario;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;

/** A call on a thread of its own that is to answer an interrupt, and to leave its thread the flag (rule G-9). */
public final class Interruptible<T> {
    private final String what;
    private final AtomicBoolean flagged = new AtomicBoolean();
    private final Running<T> running;

    /** Requires that a call is refused by a certain exception, as what is under test does. */
    @FunctionalInterface
    public interface Refusal {
        /** Makes the call. */
        Object require(Class<OperationInterruptedException> expected, String what, Runnable call);
    }

    /** Requires that something holds, as what is under test does. */
    @FunctionalInterface
    public interface Requirement {
        /** Fails the test with that finding unless it holds. */
        void require(boolean holds, String finding);
    }

    private Interruptible(String what, Callable<T> call) {
        this.what = what;
        this.running = Bounded.start(what, () -> {
            try {
                return call.call();
            } finally {
                flagged.set(Thread.currentThread().isInterrupted());
            }
        });
    }

    /** Starts a call with a result. */
    public static <T> Interruptible<T> start(String what, Callable<T> call) {
        return new Interruptible<>(what, call);
    }

    /** Starts a call without one. */
    public static Interruptible<Boolean> startRun(String what, Runnable call) {
        return start(what, () -> {
            call.run();
            return true;
        });
    }

    /** The call, to wait for it. */
    public Running<T> running() {
        return running;
    }

    /** Interrupts it, and requires that it answers within the limit. */
    public void interrupt(Duration limit, Refusal refusal, Requirement requirement) {
        running.interrupt();
        requireAnswer(limit, refusal, requirement);
    }

    /** Requires that it answers the interrupt that it has had, within the limit. */
    public void requireAnswer(Duration limit, Refusal refusal, Requirement requirement) {
        refusal.require(OperationInterruptedException.class, "an interrupted " + what, () -> running.await(limit));
        requirement.require(
                flagged.get(), "an interrupted " + what + " did not restore the interrupt flag of its thread");
    }

    /**
     * Makes a call on this thread, with the flag up or down, which need not wait: it may be served all the same, or refused for the flag.
     *
     * @return whether it left the flag as it was; it is down afterwards
     */
    public static boolean leavesFlag(boolean flag, Runnable call) {
        if (flag) {
            Thread.currentThread().interrupt();
        }
        try {
            call.run();
        } catch (OperationInterruptedException refusal) {
            // As it may.
        }
        return Thread.interrupted() == flag;
    }
}
