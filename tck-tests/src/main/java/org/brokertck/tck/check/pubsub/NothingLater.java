package org.brokertck.tck.check.pubsub;

import java.util.List;
import java.util.stream.Stream;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.check.Verdict.Invalid;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.pubsub.PubSubHistory;

/** Rule P-11: nothing arrives whose publish began after the subscription had ended. */
public final class NothingLater implements Check<PubSubHistory> {
    @Override
    public Verdict judge(PubSubHistory history) {
        Verdict verdict = Receipts.none(history, it -> it == Due.TOO_LATE, " after it had ended");
        return verdict instanceof Invalid invalid
                ? Verdict.invalid(invalid.finding(), withEndings(history, invalid.witnesses()))
                : verdict;
    }

    private static List<Moment> withEndings(PubSubHistory history, List<Moment> witnesses) {
        return Stream.concat(witnesses.stream(), history.endings().stream()).toList();
    }
}
