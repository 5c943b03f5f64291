package org.brokertck.reference.queue;

/**
 * Is told what a queue's counts do not say, so that whoever watches it need do nothing beside each message. All of it is part of the way
 * of messages: it must neither throw nor wait nor call the queue.
 */
public interface QueueObserver {
    /** Something has changed for the first time since {@link InMemoryQueue#look()}. Under the queue's lock. */
    void changed();

    /**
     * Whether an attempt is to be timed.
     *
     * @param number counts the attempts of one consumer
     */
    boolean isTimed(long number);

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
}
