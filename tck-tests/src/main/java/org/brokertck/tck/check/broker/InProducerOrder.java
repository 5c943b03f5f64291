package org.brokertck.tck.check.broker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.broker.BrokerHistory;
import org.brokertck.tck.history.broker.Handling;
import org.brokertck.tck.history.broker.SubscriberSpan;
import org.brokertck.tck.history.broker.TopicProduce;

/** Rule B-1: a subscriber first sees each producer's messages in the order in which they were produced; repetitions may come anywhere. */
public final class InProducerOrder implements Check<BrokerHistory> {
    /** The newest message of one producer that was seen. */
    private record Newest(TopicProduce call, Handling handling) {}

    @Override
    public Verdict judge(BrokerHistory history) {
        Map<String, TopicProduce> calls = history.producesById();
        for (SubscriberSpan subscriber : history.subscribers()) {
            Map<String, Newest> newest = new HashMap<>();
            Set<String> seen = new HashSet<>();
            for (Handling handling : history.handledBy(subscriber.name())) {
                TopicProduce call = calls.get(handling.id());
                if (call == null || !seen.add(handling.id())) {
                    continue;
                }
                Newest before = newest.get(call.producer());
                if (before != null && before.call().invoked() > call.invoked()) {
                    return Verdict.invalid(
                            "%s received %s after %s, which %s produced later"
                                    .formatted(
                                            subscriber.name(),
                                            call.id(),
                                            before.call().id(),
                                            call.producer()),
                            call,
                            before.call(),
                            before.handling(),
                            handling);
                }
                newest.put(call.producer(), new Newest(call, handling));
            }
        }
        return Verdict.valid();
    }
}
