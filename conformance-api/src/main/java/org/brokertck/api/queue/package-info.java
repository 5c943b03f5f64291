/** The work queue with retries and dead letters: {@link org.brokertck.api.queue.MessageQueue} and its values. */
@NullMarked
package org.brokertck.api.queue;

import org.jspecify.annotations.NullMarked;
