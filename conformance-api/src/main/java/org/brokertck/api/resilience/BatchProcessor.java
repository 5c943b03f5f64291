package org.brokertck.api.resilience;

import java.util.List;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;

/**
 * Gathers items and hands them to a {@link BatchHandler} in batches: as soon as there are enough of them, or when the first of them
 * has waited for long enough (rule K-1). Flushes run one at a time on a thread of the processor, in the order in which the items
 * were added; one that fails is repeated until it succeeds. All methods may be called from many threads at once (rule G-4).
 *
 * @param <T> the items
 */
public interface BatchProcessor<T> extends AutoCloseable {
    /** The name under which the processor was opened. */
    String name();

    /**
     * Adds an item. Waits for nobody unless {@link BatchConfig#capacity()} items are there that no flush has taken care of, and then
     * at most {@link BatchConfig#addTimeout()}.
     *
     * @throws NullPointerException when the item is null
     * @throws QueueFullException when there was no room in time; the item was not added
     * @throws ClosedException when the processor is closed, also while the call waits; the item was not added
     * @throws OperationInterruptedException when the thread is interrupted while it waits; the item was not added
     */
    void add(T item);

    /**
     * What was added and not flushed yet, in order; a batch whose flush is running or has failed is part of it. After {@link
     * #close()} it is what could not be flushed, so that it can be put elsewhere and nothing is lost. Never waits.
     */
    List<T> unflushed();

    /** The counters now, all of one moment; also after {@link #close()}, with their last values (rule G-2). */
    BatchMetrics metrics();

    /**
     * Takes nothing in any more, flushes what is there (a batch that waits for the retry delay may be tried once more at once), and
     * waits for that at most {@link BatchConfig#drainTimeout()}; then a flush
     * that still runs is interrupted, and what was not flushed remains in {@link #unflushed()}. Afterwards no thread of the
     * processor is left (rule G-10). Closing again does nothing but wait for the same end. From inside the handler it begins the
     * closing and returns.
     *
     * @throws OperationInterruptedException when the thread is interrupted while it waits: the processor is closed all the same, as
     *     though the drain timeout had run out
     */
    @Override
    void close();
}
