/** The rules of publish/subscribe (P) and those of every interface (G) as they bind a publish/subscribe broker. */
@NullMarked
package org.brokertck.tck.pubsub;

import org.jspecify.annotations.NullMarked;
