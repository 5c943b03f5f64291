/** Tests of the client's side of publish/subscribe. */
@NullMarked
package org.brokertck.adapter.pubsub;

import org.jspecify.annotations.NullMarked;
