package org.brokertck.tck.faulty.queue;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainConsumer;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;

/** Faults of a bounded queue beyond its capacity, at its last place and of calls that wait for it. */
final class CapacityEdgeFaults {
    private CapacityEdgeFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "FullOnlyAtItsCapacity",
                        "Q-21",
                        "2 redriven ones in a queue for 2 was accepted",
                        "Is full when it holds exactly its capacity, and not when redriven messages brought it beyond.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected boolean hasRoom() {
                                return shelf().unsettled() != config().capacity();
                            }
                        }),
                QueueFault.plain(
                        "PurgeFreesPlaces",
                        "Q-21",
                        "whose dead letters were purged was accepted",
                        "Frees a place for each dead letter that it purges, which had freed its own when it was parked.",
                        it -> new PlainQueue(it) {
                            private int freed;

                            @Override
                            protected int purge() {
                                int purged = super.purge();
                                freed += purged;
                                return purged;
                            }

                            @Override
                            protected boolean hasRoom() {
                                return shelf().unsettled() - freed < config().capacity();
                            }
                        }),
                QueueFault.plain(
                        "GivenUpFreesItsPlace",
                        "Q-21",
                        "whose handler was given up, and one more, in a queue for 2 was accepted",
                        "Frees the place of a message when it gives its handler up.",
                        GivenUpFreesItsPlace::new),
                QueueFault.plain(
                        "LooksForRoomBeforeItLocks",
                        "Q-21",
                        "raced for the one place of a queue for 1, and [23] of them|has taken more messages than that",
                        "Looks whether there is room, and takes the message in a second step.",
                        it -> new PlainQueue(it) {
                            @Override
                            public void produce(Message message) {
                                if (!locked(this::hasRoom)) {
                                    super.produce(message);
                                    return;
                                }
                                checkSize(Objects.requireNonNull(message, "message"));
                                LockSupport.parkNanos(1_000);
                                locked(() -> {
                                    requireUsable(config().produceTimeout());
                                    accept(stored(message));
                                    return true;
                                });
                            }
                        }),
                QueueFault.plain(
                        "WaitsAnewWhenItIsWoken",
                        "Q-21",
                        "a produce still waits for room",
                        "Counts its produce timeout from the last time that it was woken.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void awaitRoom() {
                                boolean inTime = true;
                                while (!hasRoom()) {
                                    if (!inTime) {
                                        throw new QueueFullException("full");
                                    }
                                    long deadline = time().nanoTime()
                                            + config().produceTimeout().toNanos();
                                    try {
                                        inTime = time().awaitUntil(shelf().lock, shelf().changed, deadline);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                        throw new OperationInterruptedException("interrupted", e);
                                    }
                                    requireUsable(config().produceTimeout());
                                }
                            }
                        }),
                QueueFault.plain(
                        "TimeoutWinsOverRoom",
                        "Q-21",
                        "p\\d-m\\d+",
                        "Looks whether the timeout has passed when the message is in.",
                        it -> new PlainQueue(it) {
                            @Override
                            public void produce(Message message) {
                                long end = time().nanoTime()
                                        + config().produceTimeout().toNanos();
                                super.produce(message);
                                if (time().nanoTime() > end) {
                                    throw new QueueFullException("no room was made in time");
                                }
                            }
                        }),
                QueueFault.plain(
                        "CloseFromInsideLeavesProducersWaiting",
                        "Q-22",
                        "blocked produce did not return",
                        "Sends waiting producers away when a close waits, which one from inside a handler does not.",
                        it -> new PlainQueue(it) {
                            private boolean fromInside;

                            @Override
                            protected void beginClosing() {
                                fromInside |= consumers.stream().anyMatch(this::isOwnThread);
                                super.beginClosing();
                            }

                            @Override
                            protected void requireUsable(java.time.Duration patience) {
                                if (!fromInside || ended) {
                                    super.requireUsable(patience);
                                }
                            }
                        }),
                QueueFault.plain(
                        "ClearsTheFlagBeforeItWaits",
                        "G-9",
                        "by a thread that was interrupted before",
                        "Clears the interrupt flag before it waits for room, as it may be an old one.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void awaitRoom() {
                                boolean unused = Thread.interrupted();
                                super.awaitRoom();
                            }
                        }),
                QueueFault.plain(
                        "InterruptWinsOverRoom",
                        "G-9",
                        "interrupted-\\d+",
                        "Looks for an interrupt once more when the message is in.",
                        it -> new PlainQueue(it) {
                            @Override
                            public void produce(Message message) {
                                super.produce(message);
                                if (Thread.currentThread().isInterrupted()) {
                                    throw new OperationInterruptedException("interrupted while waiting for room");
                                }
                            }
                        }));
    }

    private static final class GivenUpFreesItsPlace extends PlainQueue {
        private int freed;

        GivenUpFreesItsPlace(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainConsumer newConsumer(MessageHandler handler) {
            return new PlainConsumer(this, handler) {
                @Override
                protected void interruptHandler() {
                    freed += busy() ? 1 : 0;
                    super.interruptHandler();
                }
            };
        }

        @Override
        protected boolean hasRoom() {
            return shelf().unsettled() - freed < config().capacity();
        }
    }
}
