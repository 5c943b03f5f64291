/** Checks of publish/subscribe: pure functions from a history to a verdict, with a matcher of topics of their own. */
@NullMarked
package org.brokertck.tck.check.pubsub;

import org.jspecify.annotations.NullMarked;
