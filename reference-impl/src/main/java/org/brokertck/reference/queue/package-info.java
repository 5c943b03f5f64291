/**
 * The reference work queue. {@link org.brokertck.reference.queue.InMemoryQueue} is the door. Behind it {@code QueueState}
 * moves messages between its parts in steps under one lock; {@code ReadyMessages}, {@code Room}, {@code Retries},
 * {@code Counters}, {@code ParkedLetters} and {@code Consumers} are the parts, used only under that lock; {@code ConsumerLoop}
 * runs handlers, always outside it; {@code FailurePolicy} decides what a failure leads to, an {@code Outcome}; {@code Drain}
 * ends a consumer or the queue gracefully. A {@code QueueObserver}, kept in a {@code Lookout}, watches all of it.
 */
@NullMarked
package org.brokertck.reference.queue;

import org.jspecify.annotations.NullMarked;
