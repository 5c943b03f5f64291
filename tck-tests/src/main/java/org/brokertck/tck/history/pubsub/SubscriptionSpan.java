package org.brokertck.tck.history.pubsub;

import java.util.Optional;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.tck.history.Moment;

/**
 * The life of one subscription.
 *
 * @param name its name in the history
 * @param pattern the topic or pattern that it was made with
 * @param subscribing when subscribe was called
 * @param subscribed when that returned; {@link Long#MAX_VALUE} when it did not
 * @param dropped how many messages it says that it dropped, read at the end
 * @param gaps how many gaps it says that it had, read at the end
 * @param reason why it says that it ended, read at the end
 * @param drained whether all that was to come had come when reading ended, as a sentinel or its own end has shown
 */
public record SubscriptionSpan(
        String name,
        String pattern,
        long subscribing,
        long subscribed,
        long dropped,
        long gaps,
        Optional<EndReason> reason,
        boolean drained)
        implements Moment {
    /** What it is called in findings. */
    public String title() {
        return name + " to '" + pattern + "'";
    }

    @Override
    public long at() {
        return subscribing;
    }

    @Override
    public String describe() {
        String took =
                subscribed == Long.MAX_VALUE ? ", never returned" : ", took " + Moment.span(subscribed - subscribing);
        return name + " subscribes to '" + pattern + "'" + took;
    }
}
