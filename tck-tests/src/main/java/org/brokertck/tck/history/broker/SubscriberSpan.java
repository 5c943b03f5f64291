package org.brokertck.tck.history.broker;

import org.brokertck.tck.history.Moment;

/**
 * The life of one subscription.
 *
 * @param name the subscriber
 * @param topic what it hears
 * @param invoked when subscribe was called
 * @param subscribed when subscribe returned
 * @param closing when its close was called; {@link Long#MAX_VALUE} when it was not
 * @param closed when that returned
 */
public record SubscriberSpan(String name, String topic, long invoked, long subscribed, long closing, long closed)
        implements Moment {
    @Override
    public long at() {
        return subscribed;
    }

    @Override
    public String describe() {
        return name + " subscribes to '" + topic + "'"
                + (closing == Long.MAX_VALUE ? "" : ", closed " + Moment.span(closing - subscribed) + " later");
    }
}
