package org.brokertck.api.pubsub;

/** Why a {@link Subscription} ended. */
public enum EndReason {
    /** Its own close was called. */
    CLOSED,
    /** {@link PubSubBroker#unsubscribe} was called with its topic or pattern. */
    UNSUBSCRIBED,
    /** Nothing was taken from it for the idle timeout (rule P-12); its buffer is freed. */
    IDLE,
    /** The broker was closed. */
    BROKER_CLOSED
}
