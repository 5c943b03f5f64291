package org.brokertck.tck.faulty.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.Gap;
import org.brokertck.tck.faulty.queue.plain.Delivery;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainConsumer;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;
import org.jspecify.annotations.Nullable;

/** Faults that need several things to have happened before: a redrive or a purge and then a place, a wait that was given up and then room. */
final class TurnFaults {
    private TurnFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "PlacesGoFromHandToHand",
                        "Q-21",
                        "producers wait, .*; it should be: ",
                        "Gives the place of what is settled to a producer that waits, though redriven messages are beyond the capacity.",
                        PlacesGoFromHandToHand::new),
                QueueFault.plain(
                        "PurgeCountsAnew",
                        "Q-21",
                        "producers wait, .*; it should be: ",
                        "Counts its taken places anew when it is purged, and forgets what waits for a retry.",
                        PurgeCountsAnew::new),
                QueueFault.plain(
                        "TheSecondStaysInLine",
                        "Q-21",
                        "producers wait, .*; it should be: ",
                        "Takes a producer that is interrupted out of its line only where it is the first, and later takes its message.",
                        TheSecondStaysInLine::new),
                QueueFault.plain(
                        "NobodyWaitsNobodyInterrupts",
                        "Q-23",
                        "a handler closed its queue, and another one was not interrupted",
                        "Leaves it to whoever waits in close to interrupt handlers, and nobody waits in a close from inside a handler.",
                        NobodyWaitsNobodyInterrupts::new),
                QueueFault.plain(
                        "SettlesInTwoSteps",
                        "Q-19",
                        "one message is attempted again and again, and the handler that has it finds",
                        "Hands a message on before it counts the end of the attempt.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void settle(
                                    PlainConsumer consumer, Delivery delivery, @Nullable Throwable failure) {
                                locked(() -> {
                                    boolean again = !closing
                                            && failure != null
                                            && mayRetry(delivery.message(), failure)
                                            && shelf().inHand.remove(delivery);
                                    if (again) {
                                        conclude(delivery.message(), failure);
                                    }
                                    return again;
                                });
                                Gap.pass();
                                super.settle(consumer, delivery, failure);
                            }
                        }),
                QueueFault.plain(
                        "WaitsForWholeSeconds",
                        "Q-21",
                        "was refused after PT0",
                        "Cuts its produce timeout to whole seconds.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected long patienceNanos() {
                                return Duration.ofSeconds(
                                                config().produceTimeout().toSeconds())
                                        .toNanos();
                            }
                        }),
                QueueFault.plain(
                        "LeavesWithTheSignal",
                        "Q-26",
                        "came as one of two idle consumers was closed did not happen",
                        "Wakes one consumer for a message, which leaves without a word where it is being closed.",
                        LeavesWithTheSignal::new));
    }

    private static final class PlacesGoFromHandToHand extends PlainQueue {
        private int places;

        PlacesGoFromHandToHand(Opening opening) {
            super(opening);
        }

        @Override
        protected boolean hasRoom() {
            return places > 0 || super.hasRoom();
        }

        @Override
        protected void accept(Message message) {
            places = Math.max(0, places - 1);
            super.accept(message);
        }

        @Override
        protected void conclude(Message message, @Nullable Throwable failure) {
            boolean settled = failure == null || !mayRetry(message, failure);
            if (settled && shelf().lock.hasWaiters(shelf().changed)) {
                places++;
            }
            super.conclude(message, failure);
        }
    }

    private static final class PurgeCountsAnew extends PlainQueue {
        private int forgotten;

        PurgeCountsAnew(Opening opening) {
            super(opening);
        }

        @Override
        protected boolean hasRoom() {
            return shelf().unsettled() - forgotten < config().capacity();
        }

        @Override
        protected int purge() {
            forgotten = shelf().waiting.size();
            return super.purge();
        }
    }

    private static final class TheSecondStaysInLine extends PlainQueue {
        private static final class Place {
            private final Message message;
            private boolean taken;

            Place(Message message) {
                this.message = message;
            }
        }

        private final Deque<Place> line = new ArrayDeque<>();

        TheSecondStaysInLine(Opening opening) {
            super(opening);
        }

        @Override
        public void produce(Message message) {
            Objects.requireNonNull(message, "message");
            checkSize(message);
            locked(() -> {
                requireUsable(config().produceTimeout());
                Place mine = new Place(stored(message));
                line.addLast(mine);
                admit();
                await(mine);
                return true;
            });
        }

        private void await(Place mine) {
            long deadline = time().nanoTime() + config().produceTimeout().toNanos();
            boolean inTime = true;
            while (!mine.taken) {
                if (!inTime) {
                    line.remove(mine);
                    throw new QueueFullException("Queue '" + name() + "' is full");
                }
                try {
                    inTime = time().awaitUntil(shelf().lock, shelf().changed, deadline);
                } catch (InterruptedException e) {
                    if (line.peekFirst() == mine) {
                        line.removeFirst();
                    }
                    Thread.currentThread().interrupt();
                    throw new OperationInterruptedException("Interrupted while waiting for room", e);
                }
                requireUsable(Duration.ZERO);
            }
        }

        private void admit() {
            while (hasRoom() && !line.isEmpty()) {
                Place next = line.removeFirst();
                next.taken = true;
                accept(next.message);
            }
        }

        @Override
        protected void conclude(Message message, @Nullable Throwable failure) {
            super.conclude(message, failure);
            admit();
        }
    }

    private static final class NobodyWaitsNobodyInterrupts extends PlainQueue {
        private int waiting;

        NobodyWaitsNobodyInterrupts(Opening opening) {
            super(opening);
        }

        @Override
        public void close() {
            locked(() -> consumers.stream().anyMatch(this::isOwnThread) ? waiting : ++waiting);
            super.close();
        }

        @Override
        protected boolean cutOff() {
            if (waiting > 0) {
                return super.cutOff();
            }
            if (!ended) {
                end();
            }
            return true;
        }
    }

    private static final class LeavesWithTheSignal extends PlainQueue {
        private final Map<Thread, Condition> idle = new LinkedHashMap<>();

        LeavesWithTheSignal(Opening opening) {
            super(opening);
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // the caller loops
        protected void awaitChange() {
            Condition mine = shelf().lock.newCondition();
            idle.put(Thread.currentThread(), mine);
            mine.awaitUninterruptibly();
            idle.remove(Thread.currentThread(), mine);
        }

        @Override
        protected void enqueue(Message message) {
            shelf().ready.addLast(message);
            Iterator<Condition> longest = idle.values().iterator();
            if (longest.hasNext()) {
                longest.next().signal();
                longest.remove();
            }
        }

        @Override
        protected PlainConsumer newConsumer(MessageHandler handler) {
            return new PlainConsumer(this, handler) {
                @Override
                protected void beginClosing() {
                    super.beginClosing();
                    Condition own = idle.get(thread());
                    if (own != null) {
                        own.signal();
                    }
                }
            };
        }

        @Override
        protected void beginClosing() {
            super.beginClosing();
            idle.values().forEach(Condition::signal);
        }
    }
}
