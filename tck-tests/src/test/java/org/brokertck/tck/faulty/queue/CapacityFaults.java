package org.brokertck.tck.faulty.queue;

import java.time.Duration;
import java.util.List;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;

/** Faults of a bounded queue and of the calls that wait for it. */
final class CapacityFaults {
    private CapacityFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "CapacityOffByOne",
                        "Q-21",
                        "produce to a full queue was accepted",
                        "Takes one message more than its capacity.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected boolean hasRoom() {
                                return shelf().unsettled() <= config().capacity();
                            }
                        }),
                QueueFault.plain(
                        "LastPlaceIsNeverUsed",
                        "Q-21",
                        "produce .* threw org.brokertck.api.QueueFullException",
                        "Keeps one place of its ring free, to tell full from empty.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected boolean hasRoom() {
                                return shelf().unsettled() < Math.max(1, config().capacity() - 1);
                            }
                        }),
                QueueFault.plain(
                        "CapacityInPowersOfTwo",
                        "Q-21",
                        "produce to a full queue was accepted",
                        "Rounds its capacity up to a power of two.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected boolean hasRoom() {
                                int bits = 32 - Integer.numberOfLeadingZeros(config().capacity() - 1);
                                return shelf().unsettled() < 1L << bits;
                            }
                        }),
                QueueFault.plain(
                        "DropsTheOldestWhenFull",
                        "Q-21",
                        "produce to a full queue was accepted",
                        "Makes room for a new message by dropping the oldest.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void awaitRoom() {
                                if (!hasRoom()) {
                                    shelf().ready.pollFirst();
                                    produced--;
                                }
                            }
                        }),
                QueueFault.plain(
                        "RefusedMessageIsDeliveredLater",
                        "Q-21",
                        "delivered, though its produce was refused|produce second-\\d+ threw .*QueueFullException",
                        "Leaves a refused message in the line of those that wait for room.",
                        RefusedMessageIsDeliveredLater::new),
                QueueFault.plain(
                        "RefusedStillCounts",
                        "Q-21",
                        "at rest the metrics say",
                        "Counts a message as produced before it waits for room.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void awaitRoom() {
                                produced++;
                                super.awaitRoom();
                            }

                            @Override
                            protected void accept(Message message) {
                                enqueue(message);
                            }
                        }),
                QueueFault.plain(
                        "PatienceWithoutEnd",
                        "Q-21",
                        "was refused after .* with a produce timeout of",
                        "Waits half a second at least, whatever the produce timeout.",
                        it -> new PlainQueue(it.withConfig(patient(it.config())))),
                QueueFault.plain(
                        "DeadLettersKeepTheirPlaces",
                        "Q-21",
                        "produce second-\\d+ threw org.brokertck.api.QueueFullException",
                        "Frees a place when a message is handled, and not when it becomes a dead letter.",
                        it -> new PlainQueue(it) {
                            private int kept;

                            @Override
                            protected void park(DeadLetter letter) {
                                super.park(letter);
                                kept++;
                            }

                            @Override
                            protected boolean hasRoom() {
                                return shelf().unsettled() + kept < config().capacity();
                            }
                        }),
                QueueFault.plain(
                        "BlockedProducerNotWokenByClose",
                        "Q-22",
                        "a produce blocked on a queue that is closed|blocked produce did not return",
                        "Does not look whether it was closed while a producer waits for room.",
                        NotWokenByClose::new),
                QueueFault.plain(
                        "ClosedLooksFull",
                        "Q-22",
                        "threw org.brokertck.api.QueueFullException.* where ClosedException is due",
                        "Tells a producer that waits while the queue is closed that the queue is full.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void awaitRoom() {
                                try {
                                    super.awaitRoom();
                                } catch (ClosedException closed) {
                                    throw new QueueFullException("Queue '" + name() + "' is full", closed);
                                }
                            }
                        }),
                QueueFault.plain(
                        "RefusesAtOnce",
                        "Q-22",
                        "did not wait for room",
                        "Refuses at once when it is full, whatever the produce timeout.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void awaitRoom() {
                                if (!hasRoom()) {
                                    throw new QueueFullException("Queue '" + name() + "' is full");
                                }
                            }
                        }),
                QueueFault.plain(
                        "ChecksRoomOnlyOnce",
                        "Q-22",
                        "messages were in a queue with a capacity of",
                        "Takes any wake-up of a waiting producer for room.",
                        ChecksRoomOnlyOnce::new),
                QueueFault.plain(
                        "SwallowsTheInterrupt",
                        "G-9",
                        "did not restore the interrupt flag",
                        "Tells the caller of an interrupt, and clears its flag.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void awaitRoom() {
                                try {
                                    super.awaitRoom();
                                } catch (OperationInterruptedException interrupted) {
                                    Thread.interrupted();
                                    throw interrupted;
                                }
                            }
                        }),
                QueueFault.plain(
                        "InterruptLooksLikeATimeout",
                        "G-9",
                        "where OperationInterruptedException is due",
                        "Tells an interrupted producer that the queue is full.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void awaitRoom() {
                                try {
                                    super.awaitRoom();
                                } catch (OperationInterruptedException interrupted) {
                                    throw new QueueFullException("Queue '" + name() + "' is full", interrupted);
                                }
                            }
                        }),
                QueueFault.plain(
                        "InterruptedMessageStaysInLine",
                        "G-9",
                        "delivered, though its produce was refused",
                        "Leaves the message of an interrupted producer in the line of those that wait for room.",
                        it -> new RefusedMessageIsDeliveredLater(it) {
                            @Override
                            protected void awaitRoom() {
                                try {
                                    superAwaitRoom();
                                } catch (OperationInterruptedException interrupted) {
                                    late = current;
                                    throw interrupted;
                                }
                            }
                        }),
                QueueFault.plain(
                        "InterruptReopensTheQueue",
                        "G-9",
                        "produce after an interrupted close was accepted",
                        "Undoes a close that is interrupted.",
                        it -> new PlainQueue(it) {
                            @Override
                            public void close() {
                                try {
                                    super.close();
                                } catch (OperationInterruptedException interrupted) {
                                    locked(() -> closing = false);
                                    throw interrupted;
                                }
                            }
                        }));
    }

    private static QueueConfig patient(QueueConfig config) {
        Duration least = Duration.ofMillis(500);
        Duration timeout = config.produceTimeout();
        return new QueueConfig(
                config.capacity(),
                timeout.compareTo(least) < 0 ? least : timeout,
                config.backoff(),
                config.drainTimeout());
    }

    private static class RefusedMessageIsDeliveredLater extends PlainQueue {
        @org.jspecify.annotations.Nullable
        Message late;

        @org.jspecify.annotations.Nullable
        Message current;

        RefusedMessageIsDeliveredLater(Opening opening) {
            super(opening);
        }

        @Override
        public void produce(Message message) {
            locked(() -> current = message);
            super.produce(message);
        }

        @Override
        protected void awaitRoom() {
            try {
                super.awaitRoom();
            } catch (QueueFullException full) {
                late = current;
                throw full;
            }
        }

        final void superAwaitRoom() {
            super.awaitRoom();
        }

        @Override
        protected void succeeded(Message message) {
            super.succeeded(message);
            if (late != null) {
                enqueue(late);
                late = null;
            }
        }
    }

    private static final class NotWokenByClose extends PlainQueue {
        NotWokenByClose(Opening opening) {
            super(opening);
        }

        @Override
        protected void awaitRoom() {
            long deadline = time().nanoTime() + config().produceTimeout().toNanos();
            while (!hasRoom() || closing) {
                try {
                    if (!time().awaitUntil(shelf().lock, shelf().changed, deadline)) {
                        throw new QueueFullException("Queue '" + name() + "' is full");
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new OperationInterruptedException("Interrupted", e);
                }
            }
        }
    }

    private static final class ChecksRoomOnlyOnce extends PlainQueue {
        ChecksRoomOnlyOnce(Opening opening) {
            super(opening);
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // the fault
        protected void awaitRoom() {
            long deadline = time().nanoTime() + config().produceTimeout().toNanos();
            try {
                if (!hasRoom() && !time().awaitUntil(shelf().lock, shelf().changed, deadline)) {
                    throw new QueueFullException("Queue '" + name() + "' is full");
                }
                requireUsable(Duration.ZERO);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException("Interrupted", e);
            }
        }
    }
}
