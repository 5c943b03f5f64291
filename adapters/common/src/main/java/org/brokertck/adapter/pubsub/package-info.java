/**
 * What a publish/subscribe adapter keeps on the client's side, whatever the server: the bounded buffer of each subscription, its
 * removal when it idles, and the counts per topic.
 */
@NullMarked
package org.brokertck.adapter.pubsub;

import org.jspecify.annotations.NullMarked;
