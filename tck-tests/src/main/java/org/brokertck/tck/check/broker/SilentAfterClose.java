package org.brokertck.tck.check.broker;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.broker.BrokerHistory;
import org.brokertck.tck.history.broker.Handling;
import org.brokertck.tck.history.broker.SubscriberSpan;
import org.brokertck.tck.history.broker.TopicProduce;

/** Rule G-2: once the close of a subscription, or of the broker, has returned, no handler starts and no produce is taken in. */
public final class SilentAfterClose implements Check<BrokerHistory> {
    @Override
    public Verdict judge(BrokerHistory history) {
        for (TopicProduce call : history.produces()) {
            if (call.outcome() == Outcome.OK && call.invoked() > history.closed()) {
                return Verdict.invalid(call.id() + " was taken in after the broker was closed", call);
            }
        }
        Map<String, SubscriberSpan> subscribers =
                history.subscribers().stream().collect(Collectors.toMap(SubscriberSpan::name, Function.identity()));
        for (Handling handling : history.handlings()) {
            SubscriberSpan subscriber = subscribers.get(handling.subscriber());
            long end = Math.min(history.closed(), subscriber == null ? Long.MAX_VALUE : subscriber.closed());
            if (handling.started() > end) {
                return Verdict.invalid(
                        "%s was handed %s after its close, or that of the broker, had returned"
                                .formatted(handling.subscriber(), handling.id()),
                        handling);
            }
        }
        return Verdict.valid();
    }
}
