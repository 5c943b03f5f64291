/**
 * The reference publish/subscribe broker. {@link org.brokertck.reference.pubsub.InMemoryPubSubBroker} is the door. Behind it
 * {@link org.brokertck.reference.pubsub.TopicRouter} finds the subscriptions that a topic reaches, with an immutable
 * {@link org.brokertck.reference.pubsub.TopicTrie} at any one time; {@code InMemorySubscription} is one subscriber's end, with its
 * {@code Buffer} and its {@code IdleWatch} under one lock; {@code TopicCounters} counts.
 */
@NullMarked
package org.brokertck.reference.pubsub;

import org.jspecify.annotations.NullMarked;
