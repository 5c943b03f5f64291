/** The rules of the message queue (Q) and those of every interface (G) as they bind a queue. */
@NullMarked
package org.brokertck.tck.queue;

import org.jspecify.annotations.NullMarked;
