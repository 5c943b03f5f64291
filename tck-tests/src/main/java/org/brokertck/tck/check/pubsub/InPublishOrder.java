package org.brokertck.tck.check.pubsub;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.history.pubsub.PublishCall;
import org.brokertck.tck.history.pubsub.Take;

/**
 * Rule P-7: per publisher and subscription, messages arrive in publish order. Takes of several threads count as out of order only
 * when they did not overlap.
 */
public final class InPublishOrder implements Check<PubSubHistory> {
    /** The newest message of one publisher that was received by takes which have returned. */
    private record Newest(PublishCall call, Take take) {}

    @Override
    public Verdict judge(PubSubHistory history) {
        Map<String, PublishCall> calls = history.publishesById();
        for (List<Take> takes : history.takesBySubscription().values()) {
            Verdict verdict = judge(takes, calls);
            if (!(verdict instanceof Verdict.Valid)) {
                return verdict;
            }
        }
        return Verdict.valid();
    }

    /** The takes by the time at which they began: each is compared with those that had returned by then. */
    private static Verdict judge(List<Take> takes, Map<String, PublishCall> calls) {
        List<Take> byReturn =
                takes.stream().sorted(Comparator.comparingLong(Take::returned)).toList();
        Map<String, Newest> newest = new HashMap<>();
        int returned = 0;
        for (Take take : takes) {
            for (; returned < byReturn.size() && byReturn.get(returned).returned() < take.invoked(); returned++) {
                note(newest, byReturn.get(returned), calls);
            }
            PublishCall call = calls.get(take.id());
            Newest before = call == null ? null : newest.get(call.publisher());
            if (call != null && before != null && before.call().invoked() > call.invoked()) {
                return Verdict.invalid(
                        "%s received %s after %s, which %s published later"
                                .formatted(
                                        take.subscription(),
                                        take.id(),
                                        before.call().id(),
                                        call.publisher()),
                        call,
                        before.call(),
                        before.take(),
                        take);
            }
        }
        return Verdict.valid();
    }

    private static void note(Map<String, Newest> newest, Take take, Map<String, PublishCall> calls) {
        PublishCall call = calls.get(take.id());
        if (call != null) {
            newest.merge(
                    call.publisher(),
                    new Newest(call, take),
                    (a, b) -> a.call().invoked() >= b.call().invoked() ? a : b);
        }
    }
}
