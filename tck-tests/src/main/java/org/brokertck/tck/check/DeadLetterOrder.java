package org.brokertck.tck.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.QueueHistory;
import org.jspecify.annotations.Nullable;

/**
 * Rule Q-16: dead letters are listed in the order in which they were parked. A message is parked between the end of its last
 * attempt and the next attempt of the same consumer; only pairs whose intervals do not overlap have an order.
 */
public final class DeadLetterOrder implements Check<QueueHistory> {
    private record Parking(String id, long from, long to) {}

    @Override
    public Verdict judge(QueueHistory history) {
        Map<String, Parking> parkings = parkings(history);
        @Nullable Parking latest = null;
        for (DeadLetter letter : history.deadLetters()) {
            Parking parking = parkings.get(letter.message().id());
            if (parking == null) {
                continue;
            }
            if (latest != null && parking.to() < latest.from()) {
                return Verdict.invalid(
                        parking.id() + " is listed after " + latest.id() + ", though it was parked before it",
                        Witnesses.of(history, parking.id(), latest.id()));
            }
            if (latest == null || parking.from() > latest.from()) {
                latest = parking;
            }
        }
        return Verdict.valid();
    }

    private static Map<String, Parking> parkings(QueueHistory history) {
        Map<String, Parking> parkings = new HashMap<>();
        for (List<Attempt> attempts : history.attemptsByConsumer().values()) {
            for (int i = 0; i < attempts.size(); i++) {
                Attempt attempt = attempts.get(i);
                long next = i + 1 < attempts.size() ? attempts.get(i + 1).started() : Long.MAX_VALUE;
                // Later attempts replace earlier ones, so that the last one counts.
                parkings.merge(attempt.id(), new Parking(attempt.id(), attempt.ended(), next), DeadLetterOrder::last);
            }
        }
        return parkings;
    }

    /** The later of two; the one that leaves more open where the clock does not tell. */
    private static Parking last(Parking a, Parking b) {
        if (a.from() == b.from()) {
            return a.to() > b.to() ? a : b;
        }
        return a.from() > b.from() ? a : b;
    }
}
