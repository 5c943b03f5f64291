package org.brokertck.reference.queue;

import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.brokertck.api.queue.QueueConfig;

/**
 * What a {@link QueueState} is put together from; each part makes one kind of decision, and may be exchanged alone.
 *
 * @param lock guards all the others
 * @param ready which message comes next
 * @param room who may put one in
 * @param counters what is counted
 * @param parked what is set aside
 * @param policy what a failure leads to; needs no lock
 */
record QueueParts(
        ReentrantLock lock,
        ReadyMessages ready,
        Room room,
        Counters counters,
        ParkedLetters parked,
        FailurePolicy policy) {
    /** The parts that keep the contract. */
    static QueueParts standard(QueueConfig config, RandomGenerator random) {
        ReentrantLock lock = new ReentrantLock();
        return new QueueParts(
                lock,
                new ReadyMessages(lock),
                new Room(config.capacity()),
                new Counters(),
                new ParkedLetters(),
                new FailurePolicy(config.backoff(), random));
    }
}
