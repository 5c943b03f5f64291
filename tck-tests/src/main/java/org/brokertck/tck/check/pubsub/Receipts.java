package org.brokertck.tck.check.pubsub;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.history.pubsub.PublishCall;
import org.brokertck.tck.history.pubsub.SubscriptionSpan;
import org.brokertck.tck.history.pubsub.Take;

/** Looks at each message that a subscription received, beside its publish call. */
final class Receipts {
    /** What is asked of each. */
    @FunctionalInterface
    interface Question {
        /** Judges one receipt. */
        Verdict judge(SubscriptionSpan span, PublishCall call, Take take);
    }

    private Receipts() {}

    /** The first verdict that is not valid. Messages that nobody published are passed over. */
    static Verdict each(PubSubHistory history, Question question) {
        Map<String, PublishCall> calls = history.publishesById();
        Map<String, SubscriptionSpan> spans = new HashMap<>();
        history.subscriptions().forEach(it -> spans.put(it.name(), it));
        for (Take take : history.takes()) {
            PublishCall call = calls.get(take.id());
            SubscriptionSpan span = spans.get(take.subscription());
            if (call != null && span != null) {
                Verdict verdict = question.judge(span, call, take);
                if (!(verdict instanceof Verdict.Valid)) {
                    return verdict;
                }
            }
        }
        return Verdict.valid();
    }

    /** Invalid when something was received that is due in this way. */
    static Verdict none(PubSubHistory history, Predicate<Due> wrong, String why) {
        Map<String, Due.Lifetime> lives = new HashMap<>();
        history.subscriptions().forEach(it -> lives.put(it.name(), new Due.Lifetime(history, it)));
        return each(history, (span, call, take) -> {
            Due.Lifetime life = lives.get(span.name());
            return life == null || !wrong.test(life.due(call))
                    ? Verdict.valid()
                    : Verdict.invalid(
                            "%s received %s, which was published to '%s'%s"
                                    .formatted(span.title(), take.id(), call.topic(), why),
                            span,
                            call,
                            take);
        });
    }
}
