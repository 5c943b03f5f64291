package org.brokertck.performance.handoff;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Sender;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Sink;
import org.jctools.queues.MpscArrayQueue;

/**
 * Many producers to one consumer through a bounded JCTools queue. The consumer waits as it is told to; a producer that finds the
 * queue full sleeps for a moment, since on a machine with few cores it would else keep the consumer from its work.
 *
 * @param <T> what is sent
 * @param <R> what is handed over
 */
public final class QueueHandOff<T, R> implements Candidate<T> {
    private static final long FULL_NANOS = 20_000;

    /** What the consumer does when there is nothing. */
    public enum Waiting {
        /** It parks at once; whoever brings something wakes it. */
        PARKS,
        /** It keeps a core busy. */
        SPINS
    }

    private final String name;
    private final Waiting waiting;
    private final Reference<T, R> reference;

    /** @param name for tables */
    public QueueHandOff(String name, Waiting waiting, Reference<T, R> reference) {
        this.name = name;
        this.waiting = waiting;
        this.reference = reference;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Lane<T> open(Setup setup, Sink sink) {
        if (setup.consumers() != 1) {
            throw new IllegalArgumentException(name + " has one consumer, not " + setup.consumers());
        }
        Consumer<R> consumer = new Consumer<>(new MpscArrayQueue<>(setup.capacity()), waiting, reference, sink);
        return new Lane<>() {
            @Override
            public Sender<T> sender() {
                return item -> consumer.give(reference.holds().apply(item));
            }

            @Override
            public void close() throws InterruptedException {
                consumer.close();
            }
        };
    }

    /** The consumer's thread with its queue. */
    private static final class Consumer<R> {
        private final MpscArrayQueue<R> queue;
        private final Waiting waiting;
        private final Reference<?, R> reference;
        private final Sink sink;
        private final Thread thread = new Thread(this::work, "hand-off-consumer");
        private volatile boolean parked;
        private volatile boolean closed;

        Consumer(MpscArrayQueue<R> queue, Waiting waiting, Reference<?, R> reference, Sink sink) {
            this.queue = queue;
            this.waiting = waiting;
            this.reference = reference;
            this.sink = sink;
            thread.setDaemon(true);
            thread.start();
        }

        void give(R record) throws InterruptedException {
            while (!queue.offer(record)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while the hand-off was full");
                }
                LockSupport.parkNanos(FULL_NANOS);
            }
            if (waiting == Waiting.PARKS) {
                // Either this sees that the consumer parked, or the consumer sees the record: never neither.
                VarHandle.fullFence();
                if (parked) {
                    parked = false;
                    LockSupport.unpark(thread);
                }
            }
        }

        void close() throws InterruptedException {
            closed = true;
            LockSupport.unpark(thread);
            thread.join();
        }

        private void work() {
            while (!closed) {
                R record = queue.relaxedPoll();
                if (record != null) {
                    sink.accept(reference.stamp().applyAsLong(record));
                } else {
                    await();
                }
            }
        }

        private void await() {
            if (waiting == Waiting.SPINS) {
                Thread.onSpinWait();
                return;
            }
            parked = true;
            if (queue.isEmpty() && !closed) {
                LockSupport.park(this);
            }
            parked = false;
        }
    }
}
