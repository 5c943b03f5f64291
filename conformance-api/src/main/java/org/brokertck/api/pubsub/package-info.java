/** Publish/subscribe with topic routing: {@link org.brokertck.api.pubsub.PubSubBroker} and its values. */
@NullMarked
package org.brokertck.api.pubsub;

import org.jspecify.annotations.NullMarked;
