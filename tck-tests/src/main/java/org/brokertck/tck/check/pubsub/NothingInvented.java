package org.brokertck.tck.check.pubsub;

import java.util.Map;
import org.brokertck.api.message.Message;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.NoInvention;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.history.pubsub.PublishCall;
import org.brokertck.tck.history.pubsub.Take;

/**
 * Rules P-1 and G-5 to G-8: what arrives was published and not refused, carries the topic that it was published to, and all else as
 * it was published.
 */
public final class NothingInvented implements Check<PubSubHistory> {
    @Override
    public Verdict judge(PubSubHistory history) {
        Map<String, PublishCall> calls = history.publishesById();
        for (Take take : history.takes()) {
            PublishCall call = calls.get(take.id());
            if (call == null) {
                return Verdict.invalid("a message was received that nobody published: " + take.message(), take);
            }
            if (!call.mayArrive()) {
                return Verdict.invalid(take.id() + " was received, though its publish was refused", call, take);
            }
            if (take.returned() < call.invoked()) {
                return Verdict.invalid(take.id() + " was received before it was published", call, take);
            }
            String difference = difference(call.expected(), take.message());
            if (!difference.isEmpty()) {
                return Verdict.invalid(take.id() + " was received changed: " + difference, call, take);
            }
        }
        return Verdict.valid();
    }

    private static String difference(Message published, Message received) {
        // A publish/subscribe broker attempts nothing, so that retries come as they were published too.
        return published.retries() == received.retries()
                ? NoInvention.difference(published, received)
                : "retries was %d and came as %d".formatted(published.retries(), received.retries());
    }
}
