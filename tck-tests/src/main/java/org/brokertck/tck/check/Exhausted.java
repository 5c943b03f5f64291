package org.brokertck.tck.check;

import java.util.List;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.QueueHistory;

/** Messages whose last permitted attempt failed. */
final class Exhausted {
    private Exhausted() {}

    /** When the last permitted attempt at each of them ended. */
    static List<Long> times(QueueHistory history) {
        return history.attemptsById().values().stream()
                .filter(Exhausted::usedUp)
                .map(it -> it.stream().mapToLong(Attempt::ended).max().orElseThrow())
                .toList();
    }

    /** Whether as many attempts failed as the message permits, and none did otherwise. */
    static boolean usedUp(List<Attempt> attempts) {
        return attempts.size() > attempts.get(0).message().maxRetries()
                && attempts.stream().allMatch(Attempt::failed);
    }
}
