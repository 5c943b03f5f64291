package org.brokertck.tck.check;

import java.util.List;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.QueueHistory;

/** Messages whose last permitted attempt failed. */
final class Exhausted {
    private Exhausted() {}

    /** How many had failed their last attempt by that time. */
    static long by(QueueHistory history, long time) {
        return history.attemptsById().values().stream()
                .filter(it -> usedUp(it, time))
                .count();
    }

    /** Whether as many attempts failed by that time as the message permits, and none succeeded. */
    static boolean usedUp(List<Attempt> attempts, long time) {
        return attempts.size() > attempts.get(0).message().maxRetries()
                && attempts.stream().allMatch(it -> it.failed() && it.ended() <= time);
    }
}
