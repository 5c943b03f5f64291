package org.brokertck.tck.check;

import java.util.List;
import java.util.Map;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.ConsumerSpan;
import org.brokertck.tck.history.QueueHistory;

/** Rule Q-26: a consumer whose close has returned is given no further message. */
public final class GoneForGood implements Check<QueueHistory> {
    @Override
    public Verdict judge(QueueHistory history) {
        Map<String, List<Attempt>> attempts = history.attemptsByConsumer();
        for (ConsumerSpan span : history.consumers()) {
            List<Attempt> own = attempts.getOrDefault(span.consumer(), List.of());
            Attempt last = own.isEmpty() ? null : own.get(own.size() - 1);
            if (last != null && last.started() > span.closed()) {
                return Verdict.invalid(
                        "%s was given %s %.3f ms after its close had returned"
                                .formatted(span.consumer(), last.id(), (last.started() - span.closed()) / 1e6),
                        span,
                        last);
            }
        }
        return Verdict.valid();
    }
}
