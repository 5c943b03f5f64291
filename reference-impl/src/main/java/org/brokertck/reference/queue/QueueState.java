package org.brokertck.reference.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The state of one queue under one lock. Each public step of the contract is one critical section, so that whoever looks
 * sees it done or not begun; none of them runs the user's code, and none costs more than the parts it moves.
 */
class QueueState {
    private final String name;
    private final QueueConfig config;
    private final TimeSource time;
    private final ReentrantLock lock;
    private final ReadyMessages ready;
    private final Room room;
    private final Counters counters;
    private final ParkedLetters parked;
    private final Retries retries;
    private final Consumers consumers;
    private final Drain drain;
    private final Lookout lookout = new Lookout();

    /** @param whenEnded run once when the queue's end is reached, under the lock; must not wait */
    QueueState(String name, QueueConfig config, TimeSource time, QueueParts parts, Runnable whenEnded) {
        this.name = name;
        this.config = config;
        this.time = time;
        this.lock = parts.lock();
        this.ready = parts.ready();
        this.room = parts.room();
        this.counters = parts.counters();
        this.parked = parts.parked();
        this.retries = new Retries(lock, time, ready::add);
        this.consumers = new Consumers(this, name, parts.policy());
        this.drain = newDrain("queue '" + name + "'", consumers.all(), () -> {
            consumers.endAll();
            whenEnded.run();
        });
    }

    String name() {
        return name;
    }

    Consumers consumers() {
        return consumers;
    }

    Drain drain() {
        return drain;
    }

    final Drain newDrain(String what, Collection<ConsumerLoop> ending, Runnable whenEnded) {
        return new Drain(what, lock, time, config.drainTimeout(), ending, whenEnded);
    }

    /** Runs one step under the lock, if the queue is still open. */
    <T> T whileOpen(Supplier<T> step) {
        return locked(() -> {
            requireOpen();
            return step.get();
        });
    }

    private <T extends @Nullable Object> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    void produce(Message message) {
        lock.lock();
        try {
            requireOpen();
            if (room.tryOccupy()) {
                accept(message);
            } else {
                awaitAdmission(message);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a message and counts its handler as running in the same step; null when the consumer shall end. */
    @Nullable
    Message take(ConsumerLoop consumer) {
        lock.lock();
        try {
            return next(consumer);
        } finally {
            lock.unlock();
        }
    }

    /** The end of one attempt and the beginning of the next, in one step. */
    @Nullable
    Message settleAndTake(ConsumerLoop consumer, Outcome outcome) {
        lock.lock();
        try {
            settle(consumer, outcome);
            return next(consumer);
        } finally {
            lock.unlock();
        }
    }

    /** The parked dead letters; for use within {@link #whileOpen}. */
    ParkedLetters parked() {
        return parked;
    }

    /** Puts a dead letter's message at the end, as if it had never failed; within {@link #whileOpen}. */
    void redrive(DeadLetter letter) {
        room.occupy();
        lookout.changed();
        ready.add(letter.message().withRetries(0));
    }

    QueueMetrics metrics() {
        return locked(() -> counters.snapshot(parked.size()));
    }

    QueueCounts look() {
        return locked(() -> {
            lookout.looked();
            return counters.counts(ready.size() + retries.size());
        });
    }

    boolean observe(QueueObserver newcomer) {
        return locked(() -> lookout.tryJoin(newcomer));
    }

    void timeAll(boolean all) {
        lock.lock();
        try {
            lookout.timeAll(all);
        } finally {
            lock.unlock();
        }
    }

    /** Tells the observer, if there is one, that a close is over. */
    void tellClosed() {
        QueueObserver present = observer();
        if (present != null) {
            present.closed();
        }
    }

    /** Null when there is none. */
    @Nullable
    QueueObserver observer() {
        return locked(lookout::observer);
    }

    /** Begins the end of one consumer; whoever wants to wait for it waits for its drain. */
    void beginClosing(ConsumerLoop consumer) {
        lock.lock();
        try {
            consumer.drain().begin();
            ready.wakeAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins the end of the queue: from here on no handler starts, and what is unsettled is dropped.
     *
     * @return whether the caller may wait for it, which a handler of this queue may not
     */
    boolean beginClosing() {
        lock.lock();
        try {
            retries.clear();
            room.refuseAll();
            ready.clear();
            drain.begin();
            ready.wakeAll();
            return !consumers.includeCurrentThread();
        } finally {
            lock.unlock();
        }
    }

    void accept(Message message) {
        counters.produced(message);
        lookout.changed();
        ready.add(message);
    }

    private void awaitAdmission(Message message) {
        Duration timeout = config.produceTimeout();
        long deadline = time.nanoTime() + timeout.toNanos();
        Room.Waiting turn = new Room.Waiting(message, lock.newCondition(), deadline);
        room.await(turn);
        boolean interrupted = false;
        try {
            boolean inTime = true;
            while (inTime && !turn.admitted() && !drain.hasBegun()) {
                inTime = time.awaitUntil(lock, turn.changed, deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted = true;
        }
        if (turn.admitted()) {
            return; // Also when interrupted at the same moment: the message is in, so the call has succeeded.
        }
        room.giveUp(turn);
        if (interrupted) {
            throw new OperationInterruptedException(
                    "Interrupted while waiting for room in queue '" + name + "': the message was not taken");
        }
        requireOpen();
        throw new QueueFullException("Queue '" + name + "' is full with " + config.capacity()
                + " unsettled messages, and none was settled within " + timeout
                + ": consume faster, or raise its capacity or produceTimeout");
    }

    private @Nullable Message next(ConsumerLoop consumer) {
        while (!drain.hasBegun() && !consumer.drain().hasBegun()) {
            Message message = ready.poll();
            if (message != null) {
                counters.handlerStarts();
                consumer.handlerStarts(lookout.begins());
                return message;
            }
            ready.awaitChange();
        }
        return null;
    }

    /** An outcome that comes after the queue's end is not counted, but its handler no longer runs. */
    void settle(ConsumerLoop consumer, Outcome outcome) {
        counters.handlerEnded();
        lookout.changed();
        if (!drain.hasEnded()) {
            conclude(outcome);
        }
        consumer.handlerEnded();
        drain.handlerEnded();
    }

    /** Counts the outcome and moves its message on; all in the step in which its handler ceases to be in flight. */
    void conclude(Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry) {
            counters.failed();
            if (!drain.hasBegun()) {
                retries.add(retry.next(), retry.delay());
            }
        } else if (outcome instanceof Outcome.Park park) {
            counters.failed();
            parked.park(park.letter());
            freePlace();
        } else {
            counters.consumed();
            freePlace();
        }
    }

    private void freePlace() {
        room.free();
        if (room.someoneWaits()) {
            long now = time.nanoTime();
            for (Room.Waiting next = room.admit(now); next != null; next = room.admit(now)) {
                accept(next.message);
            }
        }
    }

    private void requireOpen() {
        if (drain.hasBegun()) {
            throw new ClosedException("Queue '" + name + "' is closed: open a new one");
        }
    }
}
