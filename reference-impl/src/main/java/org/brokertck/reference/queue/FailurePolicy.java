package org.brokertck.reference.queue;

import java.util.random.RandomGenerator;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.reference.internal.RetryDelays;

/** Decides what a failed attempt leads to (rules ). Keeps no state but the random numbers of the jitter. */
class FailurePolicy {
    private final RetryDelays delays;

    /** @param random safe for use by several threads; asked only when the backoff has a jitter */
    FailurePolicy(Backoff backoff, RandomGenerator random) {
        this.delays = new RetryDelays(backoff, random);
    }

    Outcome afterFailure(Message attempt, Throwable failure) {
        return mayRetry(attempt)
                ? new Outcome.Retry(attempt.withRetries(attempt.retries() + 1), delays.after(attempt.retries()))
                : new Outcome.Park(describe(attempt, failure));
    }

    boolean mayRetry(Message attempt) {
        return attempt.retries() < attempt.maxRetries();
    }

    /** Even an exception whose own methods throw is described, by its type alone (rule G-12). */
    private static DeadLetter describe(Message attempt, Throwable failure) {
        try {
            return DeadLetter.of(attempt, failure);
        } catch (Throwable unspeakable) {
            return new DeadLetter(
                    attempt, attempt.retries() + 1, failure.getClass().getName(), "");
        }
    }
}
