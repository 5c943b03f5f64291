package org.brokertck.tck.faulty.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.queue.plain.Delivery;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainConsumer;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;
import org.brokertck.tck.faulty.queue.simulated.SimulatedQueue;
import org.jspecify.annotations.Nullable;

/** Faults that show only at a corner: zero, many, twice the same, or all at once. */
final class CornerFaults {
    private CornerFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "OneConsumerForEachHandler",
                        "Q-5",
                        "one handler consumes twice|the second of its consumers",
                        "Keeps consumers by their handlers, and gives back the one that is there.",
                        it -> new PlainQueue(it) {
                            private final Map<MessageHandler, Consumer> known = new ConcurrentHashMap<>();

                            @Override
                            public Consumer consume(MessageHandler handler) {
                                return known.computeIfAbsent(handler, super::consume);
                            }
                        }),
                QueueFault.plain(
                        "AddsOneToTheCapacity",
                        "Q-1",
                        "produce .* did not return within",
                        "Compares one more than there is with one more than the capacity.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected boolean hasRoom() {
                                return shelf().unsettled() + 1 < config().capacity() + 1;
                            }
                        }),
                QueueFault.plain(
                        "DeadLettersWakeNoProducer",
                        "Q-22",
                        "since a message became a dead letter (threw|did not return)|blocked produce did not return",
                        "Tells waiting producers of room when a message succeeds, and not when one is given up.",
                        it -> new PlainQueue(it) {
                            private boolean untold;

                            @Override
                            protected void park(DeadLetter letter) {
                                super.park(letter);
                                untold = true;
                            }

                            @Override
                            protected void succeeded(Message message) {
                                super.succeeded(message);
                                untold = false;
                            }

                            @Override
                            protected void awaitRoom() {
                                untold = false;
                                super.awaitRoom();
                            }

                            @Override
                            protected boolean hasRoom() {
                                return !untold && super.hasRoom();
                            }
                        }),
                QueueFault.plain(
                        "RedriveStampsAnew",
                        "Q-17",
                        "was delivered changed: timestamp was",
                        "Gives a redriven message the time at which it was redriven.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected Message redriven(DeadLetter letter) {
                                return super.redriven(letter).toBuilder()
                                        .timestamp(Instant.now())
                                        .build();
                            }
                        }),
                QueueFault.plain(
                        "CloseWakesOneProducer",
                        "Q-22",
                        "a produce blocked on a queue that is closed did not return within",
                        "Wakes the first of the producers that wait for room when it is closed; the others find out at their timeout.",
                        it -> new PlainQueue(it) {
                            private int told;

                            @Override
                            protected void requireUsable(Duration patience) {
                                if (!patience.isZero() || !closing || told++ == 0) {
                                    super.requireUsable(patience);
                                }
                            }

                            @Override
                            protected void awaitRoom() {
                                try {
                                    super.awaitRoom();
                                } catch (QueueFullException late) {
                                    super.requireUsable(Duration.ZERO);
                                    throw late;
                                }
                            }
                        }),
                QueueFault.plain(
                        "CountsRetriesById",
                        "Q-27",
                        "3 messages with one id",
                        "Counts retries by the messages' ids, so that equal ones use up each other's.",
                        CountsRetriesById::new),
                QueueFault.plain(
                        "DeadLettersById",
                        "Q-27",
                        "3 messages with one id",
                        "Keeps dead letters by the messages' ids, so that equal ones replace each other.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void park(DeadLetter letter) {
                                shelf().parked
                                        .removeIf(other -> other.message()
                                                .id()
                                                .equals(letter.message().id()));
                                super.park(letter);
                            }
                        }),
                QueueFault.plain(
                        "HandlersMessagesGoFirst",
                        "Q-3",
                        "was attempted after",
                        "Takes a short cut for what a handler produces, past everything that waits.",
                        HandlersMessagesGoFirst::new),
                QueueFault.plain(
                        "CapacityForgetsTheWaiting",
                        "Q-21",
                        "produce to a full queue was accepted",
                        "Frees the place of a message while it waits for its retry.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected boolean hasRoom() {
                                return shelf().unsettled() - shelf().waiting.size() < config().capacity();
                            }
                        }),
                QueueFault.plain(
                        "NoDrainMeansNoLimit",
                        "Q-23",
                        "close took .* with a drain timeout of PT0S",
                        "Takes a drain timeout of 0 for none.",
                        it -> new PlainQueue(it.withConfig(unlimited(it.config())))),
                QueueFault.plain(
                        "InterruptFlagLeaks",
                        "G-12",
                        "was still set for the next message",
                        "Hands the next message out with the interrupt flag of the handler before.",
                        InterruptFlagLeaks::new),
                QueueFault.plain(
                        "RetriesInAByte",
                        "Q-8",
                        "was given up after 128 failed attempts",
                        "Counts retries in a byte.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected boolean mayRetry(Message message, Throwable failure) {
                                return message.retries() < Math.min(Byte.MAX_VALUE, message.maxRetries());
                            }
                        }),
                QueueFault.plain(
                        "RedriveToTheFront",
                        "Q-17",
                        "redriven messages go to the end",
                        "Returns dead letters to the front of the queue.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected int redrive(int limit) {
                                List<DeadLetter> returning = new ArrayList<>(listed(limit));
                                shelf().parked.removeAll(returning);
                                Collections.reverse(returning);
                                returning.forEach(letter -> shelf().ready.addFirst(redriven(letter)));
                                shelf().changed.signalAll();
                                return returning.size();
                            }
                        }),
                QueueFault.plain(
                        "RedriveNeedsRoom",
                        "Q-17",
                        "to a full queue says that it moved 0",
                        "Returns only as many dead letters as there is room for.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected int redrive(int limit) {
                                int room = config().capacity() - shelf().unsettled();
                                return super.redrive(Math.min(limit, Math.max(0, room)));
                            }
                        }),
                QueueFault.plain(
                        "AddsBeforeItCompares",
                        "Q-8",
                        "with maxRetries=2147483647 .* was attempted 1 times",
                        "Compares numbers of attempts, of which the largest number of retries makes a negative one.",
                        it -> new PlainQueue(it) {
                            @Override
                            @SuppressWarnings("NumericOverflow") // the fault
                            protected boolean mayRetry(Message message, Throwable failure) {
                                return message.retries() + 1 < message.maxRetries() + 1;
                            }
                        }),
                QueueFault.plain(
                        "RedrivenTakeNoPlace",
                        "Q-21",
                        "produce to a full queue",
                        "Counts its places itself: takes none for a redriven message, and gives one back for it all the same.",
                        it -> new PlainQueue(it) {
                            private int redriven;

                            @Override
                            protected int redrive(int limit) {
                                int count = super.redrive(limit);
                                redriven += count;
                                return count;
                            }

                            @Override
                            protected boolean hasRoom() {
                                return shelf().unsettled() - redriven < config().capacity();
                            }
                        }),
                QueueFault.plain(
                        "ListsAPageAtMost",
                        "Q-16",
                        "list\\(10000\\) of 1200 dead letters holds 100",
                        "Lists no more than a page of a hundred dead letters.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected List<DeadLetter> listed(int limit) {
                                return super.listed(Math.min(limit, 100));
                            }
                        }),
                QueueFault.remote(
                        "CutOffIsSettled",
                        "Q-24",
                        "not yet attempted were",
                        "Forgets what is still in hand when the drain timeout has run out.",
                        (server, it) -> new SimulatedQueue(server, it) {
                            @Override
                            protected void end() {
                                shelf().inHand.clear();
                                super.end();
                            }
                        }));
    }

    private static QueueConfig unlimited(QueueConfig config) {
        Duration drain = config.drainTimeout().isZero() ? Duration.ofHours(1) : config.drainTimeout();
        return new QueueConfig(config.capacity(), config.produceTimeout(), config.backoff(), drain);
    }

    private static final class CountsRetriesById extends PlainQueue {
        private final Map<String, Integer> retries = new HashMap<>();

        CountsRetriesById(Opening opening) {
            super(opening);
        }

        @Override
        protected boolean mayRetry(Message message, Throwable failure) {
            return retries.merge(message.id(), 1, Integer::sum) <= message.maxRetries();
        }
    }

    private static final class HandlersMessagesGoFirst extends PlainQueue {
        HandlersMessagesGoFirst(Opening opening) {
            super(opening);
        }

        @Override
        protected void accept(Message message) {
            super.accept(message);
            if (consumers.stream().anyMatch(this::isOwnThread)) {
                shelf().ready.addFirst(shelf().ready.removeLast());
            }
        }
    }

    private static final class InterruptFlagLeaks extends PlainQueue {
        InterruptFlagLeaks(Opening opening) {
            super(opening);
        }

        @Override
        protected void handlerEnded(PlainConsumer consumer, @Nullable Throwable failure) {
            keepingTheFlag(() -> super.handlerEnded(consumer, failure));
        }

        @Override
        protected Delivery handOut(PlainConsumer consumer, Message message) {
            Delivery[] delivery = new Delivery[1];
            keepingTheFlag(() -> delivery[0] = super.handOut(consumer, message));
            return delivery[0];
        }

        private static void keepingTheFlag(Runnable step) {
            boolean interrupted = Thread.currentThread().isInterrupted();
            step.run();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
