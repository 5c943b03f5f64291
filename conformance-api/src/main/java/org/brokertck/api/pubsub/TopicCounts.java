package org.brokertck.api.pubsub;

/**
 * What happened on a topic. Of the copies that matching subscriptions were given, those neither taken nor dropped are buffered.
 *
 * @param published messages that this instance published
 * @param delivered copies that subscribers of this instance took
 * @param dropped copies that subscriptions of this instance dropped
 */
public record TopicCounts(long published, long delivered, long dropped) {
    /** Nothing happened. */
    public static final TopicCounts NONE = new TopicCounts(0, 0, 0);

    /** The sums. */
    public TopicCounts plus(TopicCounts other) {
        return new TopicCounts(published + other.published, delivered + other.delivered, dropped + other.dropped);
    }
}
