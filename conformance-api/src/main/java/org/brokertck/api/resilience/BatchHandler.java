package org.brokertck.api.resilience;

import java.util.List;

/**
 * Takes the batches of a {@link BatchProcessor}, one at a time.
 *
 * @param <T> the items
 */
@FunctionalInterface
public interface BatchHandler<T> {
    /**
     * Flushes a batch. When it throws, an error included, the same batch comes again after the retry delay; so what it does should
     * bear to be done twice.
     *
     * @param batch at least one item, in the order in which they were added; the handler's own, which it may keep or change
     * @throws Exception when the batch could not be flushed
     */
    void flush(List<T> batch) throws Exception;
}
