package org.brokertck.tck.faulty.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.Gap;
import org.brokertck.tck.faulty.Lingering;
import org.brokertck.tck.faulty.queue.plain.Delivery;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainConsumer;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;
import org.brokertck.tck.faulty.queue.plain.Waiting;
import org.jspecify.annotations.Nullable;

/** Faults that show only where two features meet: a handler that produces, a consumer that goes while a retry waits, a list after a purge. */
final class MeetingFaults {
    private MeetingFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "ConsumesPastItsClose",
                        "G-10",
                        "these threads are still alive: plain-late-consumer",
                        "Looks whether it is closed, and makes the consumer in another step.",
                        ConsumesPastItsClose::new),
                QueueFault.plain(
                        "HandlersFindRoomBeyondTheCapacity",
                        "Q-21",
                        "a handler produced to its own queue for 3 until it was refused, and 6 of its messages",
                        "Lets handlers produce whatever the capacity, since one that waits for room may wait for itself.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void awaitRoom() {
                                if (consumers.stream().noneMatch(this::isOwnThread)) {
                                    super.awaitRoom();
                                }
                            }
                        }),
                QueueFault.plain(
                        "FullMeansItsCapacity",
                        "Q-21",
                        "the 3 that are left of 4 messages, 2 of them redriven, in a queue for 2 was accepted",
                        "Counts down from its capacity when messages are settled, though redriven ones brought it beyond.",
                        FullMeansItsCapacity::new),
                QueueFault.plain(
                        "WakesWhoHasGivenUp",
                        "Q-22",
                        "the produce that waits behind them goes on waiting",
                        "Keeps producers in line whose timeout has passed, and wakes them when there is room.",
                        WakesWhoHasGivenUp::new),
                QueueFault.plain(
                        "InterruptedCloseLeavesHandlersAlone",
                        "G-9",
                        "was interrupted, and did not interrupt the handler that still ran",
                        "Goes away when its close is interrupted, and lets handlers go on.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected boolean cutOff() {
                                if (!ended && Thread.currentThread().isInterrupted()) {
                                    end();
                                }
                                return super.cutOff();
                            }
                        }),
                QueueFault.plain(
                        "RedriveWakesOne",
                        "Q-17",
                        "3 were redriven, and 1 of them were in hand",
                        "Wakes one consumer for all messages that it redrives.",
                        it -> new PlainQueue(it) {
                            private boolean redriving;

                            @Override
                            protected int redrive(int limit) {
                                redriving = true;
                                int count = super.redrive(limit);
                                redriving = false;
                                shelf().changed.signal();
                                return count;
                            }

                            @Override
                            protected void enqueue(Message message) {
                                if (redriving) {
                                    shelf().ready.addLast(message);
                                } else {
                                    super.enqueue(message);
                                }
                            }
                        }),
                QueueFault.plain(
                        "LeftFromInsideForGood",
                        "Q-23",
                        "the interrupt of a handler that does not end",
                        "Interrupts no handler that has closed its own consumer, since that close does not wait.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected PlainConsumer newConsumer(MessageHandler handler) {
                                return new PlainConsumer(this, handler) {
                                    private volatile boolean left;

                                    @Override
                                    public void close() {
                                        left |= Thread.currentThread() == thread();
                                        super.close();
                                    }

                                    @Override
                                    protected void interruptHandler() {
                                        if (!left) {
                                            super.interruptHandler();
                                        }
                                    }
                                };
                            }
                        }),
                QueueFault.plain(
                        "OneDrainTimeoutEndsAll",
                        "Q-26",
                        "and the handler of another one was interrupted",
                        "Interrupts the handlers of all consumers when the drain timeout of one has run out.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected PlainConsumer newConsumer(MessageHandler handler) {
                                return new PlainConsumer(this, handler) {
                                    @Override
                                    protected void interruptHandler() {
                                        consumers.stream()
                                                .filter(PlainConsumer::busy)
                                                .forEach(each -> each.thread().interrupt());
                                    }
                                };
                            }
                        }),
                QueueFault.plain(
                        "DrainedFailuresDoNotCount",
                        "Q-23",
                        "a handler failed while close waited for it, and the metrics are",
                        "Leaves a message that fails during a close to the next opening, as though it had not been attempted.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void failed(Message message, Throwable failure) {
                                if (closing && mayRetry(message, failure)) {
                                    enqueue(message);
                                } else {
                                    super.failed(message, failure);
                                }
                            }
                        }),
                QueueFault.plain(
                        "LeavingFailuresAreHandedBack",
                        "Q-26",
                        "the handler that failed while its consumer was closed counts",
                        "Hands a message back as it was when it fails at a consumer that is closing.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void settle(
                                    PlainConsumer consumer, Delivery delivery, @Nullable Throwable failure) {
                                if (failure == null || !locked(consumer::closing)) {
                                    super.settle(consumer, delivery, failure);
                                    return;
                                }
                                locked(() -> {
                                    handlerEnded(consumer, failure);
                                    if (!ended && shelf().inHand.remove(delivery)) {
                                        enqueue(delivery.message());
                                    }
                                    shelf().changed.signalAll();
                                    return true;
                                });
                            }
                        }),
                QueueFault.plain(
                        "ForgetsWhoIsClosing",
                        "Q-23",
                        "close returned while a handler was running that had closed its own consumer",
                        "Forgets closed consumers when another one comes, and with them a handler that still runs.",
                        it -> new PlainQueue(it) {
                            @Override
                            public Consumer consume(MessageHandler handler) {
                                locked(() -> consumers.removeIf(PlainConsumer::closing));
                                return super.consume(handler);
                            }

                            @Override
                            protected void beginClosing() {
                                super.beginClosing();
                                if (!ended && consumers.stream().noneMatch(PlainConsumer::busy)) {
                                    end();
                                }
                            }
                        }),
                QueueFault.plain(
                        "LateOutcomesCount",
                        "G-2",
                        "when close returned, and are .* after the end of 2 handlers that it gave up",
                        "Counts what handlers end with that close gave up.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void settle(
                                    PlainConsumer consumer, Delivery delivery, @Nullable Throwable failure) {
                                boolean late = locked(() -> ended);
                                super.settle(consumer, delivery, failure);
                                if (late) {
                                    locked(() -> failure == null ? ++consumed : ++failed);
                                }
                            }
                        }),
                QueueFault.plain(
                        "KeepsAListOfThatLength",
                        "Q-16",
                        "came after a purge of as many others, and their list is \\[first-0, first-1\\]",
                        "Lists what it listed before as long as there are as many dead letters.",
                        it -> new PlainQueue(it) {
                            private List<DeadLetter> last = List.of();

                            @Override
                            protected List<DeadLetter> listed(int limit) {
                                if (last.size()
                                        != Math.min(limit, shelf().parked.size())) {
                                    last = super.listed(limit);
                                }
                                return new ArrayList<>(last);
                            }
                        }),
                QueueFault.plain(
                        "LeavingConsumersHastenRetries",
                        "Q-10",
                        "no sooner than",
                        "Makes all that waits for its retry due when a consumer leaves.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected PlainConsumer newConsumer(MessageHandler handler) {
                                return new PlainConsumer(this, handler) {
                                    @Override
                                    protected void beginClosing() {
                                        super.beginClosing();
                                        for (Waiting entry : List.copyOf(shelf().waiting)) {
                                            boolean unused = due(entry);
                                        }
                                    }
                                };
                            }
                        }),
                QueueFault.plain(
                        "TakesAllHandlersForItsOwn",
                        "Q-23",
                        "the close of a queue from inside a handler of another one returned",
                        "Waits for nobody when it is closed from inside a handler, of whichever queue.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected boolean isOwnThread(PlainConsumer consumer) {
                                return Thread.currentThread().getName().startsWith("plain-")
                                        && Thread.currentThread().getName().endsWith("-consumer");
                            }
                        }));
    }

    private static final class FullMeansItsCapacity extends PlainQueue {
        private int taken;

        FullMeansItsCapacity(Opening opening) {
            super(opening);
        }

        @Override
        protected boolean hasRoom() {
            return taken < config().capacity();
        }

        @Override
        protected void accept(Message message) {
            taken++;
            super.accept(message);
        }

        @Override
        protected int redrive(int limit) {
            int count = super.redrive(limit);
            taken += count;
            return count;
        }

        @Override
        protected void succeeded(Message message) {
            settled();
            super.succeeded(message);
        }

        @Override
        protected void park(DeadLetter letter) {
            settled();
            super.park(letter);
        }

        private void settled() {
            taken = Math.min(taken, config().capacity()) - 1;
        }
    }

    private static final class WakesWhoHasGivenUp extends PlainQueue {
        private final Deque<Condition> line = new ArrayDeque<>();

        WakesWhoHasGivenUp(Opening opening) {
            super(opening);
        }

        @Override
        protected void awaitRoom() {
            long deadline = time().nanoTime() + config().produceTimeout().toNanos();
            boolean inTime = true;
            while (!hasRoom()) {
                if (!inTime) {
                    throw new QueueFullException("Queue '" + name() + "' is full");
                }
                Condition mine = shelf().lock.newCondition();
                line.addLast(mine);
                try {
                    inTime = time().awaitUntil(shelf().lock, mine, deadline);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new OperationInterruptedException("Interrupted while waiting for room", e);
                }
                requireUsable(Duration.ZERO);
            }
        }

        @Override
        protected void conclude(Message message, @Nullable Throwable failure) {
            super.conclude(message, failure);
            Condition next = line.pollFirst();
            if (next != null) {
                next.signal();
            }
        }

        @Override
        protected void beginClosing() {
            super.beginClosing();
            line.forEach(Condition::signalAll);
        }
    }

    private static final class ConsumesPastItsClose extends PlainQueue {
        private final ThreadLocal<Boolean> looked = ThreadLocal.withInitial(() -> false);

        ConsumesPastItsClose(Opening opening) {
            super(opening);
        }

        @Override
        protected void requireUsable(Duration patience) {
            if (!looked.get()) {
                super.requireUsable(patience);
            }
        }

        @Override
        public Consumer consume(MessageHandler handler) {
            locked(() -> {
                requireUsable(config().produceTimeout());
                return true;
            });
            Gap.pass();
            looked.set(true);
            try {
                return super.consume(handler);
            } finally {
                looked.set(false);
            }
        }

        @Override
        protected PlainConsumer newConsumer(MessageHandler handler) {
            if (closing) {
                Lingering.thread("plain-late-consumer");
            }
            return super.newConsumer(handler);
        }
    }
}
