package org.brokertck.api.partitioned;

/**
 * The figures of one topic; exact at quiescence (rule L-17).
 *
 * @param partitions how many partitions it has
 * @param messagesProduced records that this instance produced
 * @param messagesConsumed records that handlers of this instance succeeded with; one that two groups handled counts twice
 * @param bytesProduced the bytes of the values of those produced
 * @param bytesConsumed the bytes of the values of those consumed
 */
public record TopicMetrics(
        int partitions, long messagesProduced, long messagesConsumed, long bytesProduced, long bytesConsumed) {
    /** The figures of a topic that does not exist. */
    public static final TopicMetrics NONE = new TopicMetrics(0, 0, 0, 0, 0);
}
