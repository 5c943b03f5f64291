package org.brokertck.reference.queue;

/**
 * Is told what a queue's counts do not say, so that whoever watches it need do nothing beside each message. It must neither throw nor wait,
 * as messages wait for it.
 */
public interface QueueObserver {
    /** Of so many attempts one is timed where not all are; a power of two. */
    int ONE_IN = 1024;

    /** Something has changed for the first time since {@link InMemoryQueue#look()}. Under the queue's lock; it must not call the queue. */
    void changed();

    /** The time now, in nanoseconds from any point, for attempts that are timed. */
    long nanoTime();

    /** A handler returned whose attempt was timed; before that counts. */
    void succeededAfter(long nanos);

    /**
     * A handler threw whose attempt was timed.
     *
     * @param forGood whether that was the last permitted one
     */
    void failedAfter(long nanos, boolean forGood);

    /** A handler threw whose attempt was not timed. */
    void failed(boolean forGood);

    /** A close returns. It may be the second, or leave the end to the handler that it comes from. Without the queue's lock. */
    void closed();
}
