package org.brokertck.redis.connection;

import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationInterruptedException;

/** The beginning of an instance, which leaves nothing of it where it fails. */
public final class Opening {
    private static final String OUTCOME = "nothing is open";

    private final Failures failures;
    private final String asked;

    /** What may fail, or be interrupted while it waits. */
    @FunctionalInterface
    public interface Step {
        void run() throws InterruptedException;
    }

    /** @param asked as in "open queue 'orders'" */
    public Opening(Failures failures, String asked) {
        this.failures = failures;
        this.asked = asked;
    }

    /**
     * Carries it out.
     *
     * @param close is run when it fails, however
     * @throws BrokerUnavailableException when there is no connection
     * @throws OperationInterruptedException when the thread is interrupted while it waits
     */
    public void run(Step step, Runnable close) {
        boolean opened = false;
        try {
            step.run();
            opened = true;
        } catch (RedisFailure e) {
            throw Thread.interrupted() ? failures.interrupted(asked, OUTCOME) : failures.unavailable(e, asked);
        } catch (InterruptedException e) {
            throw failures.interrupted(asked, OUTCOME);
        } finally {
            if (!opened) {
                close.run();
            }
        }
    }
}
