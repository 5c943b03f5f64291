package org.brokertck.tck.faulty.batch;

import static org.brokertck.tck.faulty.batch.FaultyBatches.plain;

import java.util.List;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.batch.plain.PlainBatch;
import org.brokertck.tck.faulty.batch.plain.PlainTarget;

/** Faults that show where two features meet: what handlers do with their processor, second closes, and settings at their bounds. */
@SuppressWarnings("LockNotBeforeTry") // as plain as what they vary
final class MeetingFaults {
    private MeetingFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "HandlersFlushWhatTheyAdd",
                        "K-1",
                        "two flushes ran at once",
                        "Flushes a batch where it is completed when that is on its own thread.",
                        HandlersFlushWhatTheyAdd::new),
                plain(
                        "TakesAHandlersOwnItemsForFlushed",
                        "K-1",
                        "a handler added",
                        "Takes what a handler added during a flush for a part of that flush.",
                        TakesAHandlersOwnItemsForFlushed::new),
                plain(
                        "WaitsForRoomOnItsInterval",
                        "K-1",
                        "what waited for room for half the interval",
                        "Counts the interval of an item from the call of its add, also when that waits for room.",
                        WaitsForRoomOnItsInterval::new),
                plain(
                        "SecondCloseReturnsAtOnce",
                        "G-3",
                        "a second close did not wait",
                        "Has nothing to do when it is being closed already.",
                        SecondCloseReturnsAtOnce::new),
                plain(
                        "ClosedByItsHandlerIsClosed",
                        "G-3",
                        "whose handler had closed it",
                        "Has nothing to wait for when its handler has closed it before.",
                        ClosedByItsHandlerIsClosed::new),
                plain(
                        "NoDrainTimeoutIsForEver",
                        "G-3",
                        "with a drain timeout of 0",
                        "Takes a drain timeout of 0 for none.",
                        NoDrainTimeoutIsForEver::new),
                plain(
                        "NoAddTimeoutIsNoRoom",
                        "K-1",
                        "that may not wait for room",
                        "Looks whether there is time before it looks whether there is room.",
                        NoAddTimeoutIsNoRoom::new),
                plain(
                        "IntervalInAnInt",
                        "K-1",
                        "whose interval is",
                        "Counts the flush interval in an int of milliseconds, which ends after 25 days.",
                        IntervalInAnInt::new));
    }

    private static final class HandlersFlushWhatTheyAdd extends PlainBatch {
        HandlersFlushWhatTheyAdd(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        public void add(Object item) {
            super.add(item);
            if (Thread.currentThread() == worker) {
                lock.lock();
                int behind = items.size() - inHand;
                List<Object> full = behind < config.batchSize()
                        ? List.of()
                        : items.subList(inHand, inHand + config.batchSize()).stream()
                                .map(Item::value)
                                .toList();
                lock.unlock();
                if (!full.isEmpty() && flush(handedOut(full))) {
                    lock.lock();
                    items.subList(inHand, inHand + full.size()).clear();
                    flushed += full.size();
                    batches++;
                    lock.unlock();
                }
            }
        }
    }

    private static final class TakesAHandlersOwnItemsForFlushed extends PlainBatch {
        private int own;

        TakesAHandlersOwnItemsForFlushed(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected void put(Object item) {
            if (Thread.currentThread() == worker) {
                items.add(inHand + own++, new Item(item, time.nanoTime()));
                added++;
                return;
            }
            super.put(item);
        }

        @Override
        protected void succeeded() {
            inHand += own;
            own = 0;
            super.succeeded();
        }
    }

    private static final class SecondCloseReturnsAtOnce extends PlainBatch {
        private boolean begun;

        SecondCloseReturnsAtOnce(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        public void close() {
            lock.lock();
            boolean again = begun;
            begun = Thread.currentThread() != worker || begun;
            lock.unlock();
            if (!again) {
                super.close();
            }
        }
    }

    private static final class ClosedByItsHandlerIsClosed extends PlainBatch {
        private volatile boolean byHandler;

        ClosedByItsHandlerIsClosed(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        public void close() {
            if (!byHandler) {
                byHandler = Thread.currentThread() == worker;
                super.close();
            }
        }
    }

    private static final class NoDrainTimeoutIsForEver extends PlainBatch {
        NoDrainTimeoutIsForEver(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected void awaitDone() throws InterruptedException {
            while (config.drainTimeout().isZero() && !done) {
                changed.await();
            }
            super.awaitDone();
        }
    }

    private static final class NoAddTimeoutIsNoRoom extends PlainBatch {
        NoAddTimeoutIsNoRoom(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected boolean isFull() {
            return super.isFull() || config.addTimeout().isZero();
        }
    }

    private static final class IntervalInAnInt extends PlainBatch {
        IntervalInAnInt(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected long intervalEnds() {
            return items.get(0).at() + (int) config.flushInterval().toMillis() * 1_000_000L;
        }
    }

    private static final class WaitsForRoomOnItsInterval extends PlainBatch {
        private final ThreadLocal<Long> called = ThreadLocal.withInitial(() -> 0L);

        WaitsForRoomOnItsInterval(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        public void add(Object item) {
            called.set(time.nanoTime());
            super.add(item);
        }

        @Override
        protected long since() {
            return called.get();
        }
    }
}
