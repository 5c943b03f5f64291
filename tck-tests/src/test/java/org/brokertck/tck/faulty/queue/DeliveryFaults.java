package org.brokertck.tck.faulty.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.queue.plain.Delivery;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainConsumer;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;
import org.jspecify.annotations.Nullable;

/** Faults that lose, repeat or reorder messages. */
final class DeliveryFaults {
    private DeliveryFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "DeduplicatesById",
                        "Q-27",
                        "messages with one id were produced and",
                        "Drops a message whose id it has seen before.",
                        DeduplicatesById::new),
                QueueFault.plain(
                        "OnePlaceForEachId",
                        "Q-27",
                        "messages with one id were produced and",
                        "Keeps the messages in a map by id, where a later one replaces an earlier one that still waits.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void enqueue(Message message) {
                                shelf().ready.removeIf(other -> other.id().equals(message.id()));
                                super.enqueue(message);
                            }
                        }),
                QueueFault.plain(
                        "DropsThePrefetched",
                        "Q-26",
                        "were never settled",
                        "Forgets what a consumer had prefetched when the consumer is closed.",
                        it -> new Prefetching(it, 5) {
                            @Override
                            void handBack(ArrayDeque<Message> prefetched) {
                                prefetched.clear();
                            }
                        }),
                QueueFault.plain(
                        "PrefetchedGoToTheEnd",
                        "Q-26",
                        "was attempted after",
                        "Returns what a closed consumer had prefetched to the end of the queue.",
                        it -> new Prefetching(it, 5) {
                            @Override
                            void handBack(ArrayDeque<Message> prefetched) {
                                shelf().ready.addAll(prefetched);
                            }
                        }),
                QueueFault.plain(
                        "PrefetchedComeBackReversed",
                        "Q-26",
                        "was attempted after",
                        "Returns what a closed consumer had prefetched to the front, one by one, which turns it round.",
                        it -> new Prefetching(it, 5) {
                            @Override
                            void handBack(ArrayDeque<Message> prefetched) {
                                prefetched.forEach(shelf().ready::addFirst);
                            }
                        }),
                QueueFault.plain(
                        "PrefetchStarvesTheOthers",
                        "Q-6",
                        "one consumer was blocked and another free|consumers were blocked in their handlers",
                        "Prefetches ten messages for each consumer, which wait behind its handler.",
                        it -> new Prefetching(it, 10)),
                QueueFault.plain(
                        "DealsOutByTurns",
                        "Q-6",
                        "one consumer was blocked and another free|consumers were blocked in their handlers",
                        "Assigns each message to a consumer by turns, whoever is free.",
                        DealsOutByTurns::new),
                QueueFault.plain(
                        "AcknowledgesInBatches",
                        "Q-7",
                        "was attempted again after it had been handled successfully",
                        "Acknowledges every third success, and hands out the rest again when its consumer is closed.",
                        AcknowledgesInBatches::new),
                QueueFault.plain(
                        "ClaimsWhatOthersHold",
                        "Q-5",
                        "while .* was still handling it|handled successfully 2 times",
                        "Lets a new consumer claim what others hold, as if they had died.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected PlainConsumer newConsumer(MessageHandler handler) {
                                List<Message> held = new ArrayList<>();
                                shelf().inHand.forEach(delivery -> held.add(delivery.message()));
                                held.forEach(this::enqueue);
                                return super.newConsumer(handler);
                            }
                        }),
                QueueFault.plain(
                                "LooksBeforeItLocks",
                                "Q-5",
                                "handled successfully \\d+ times|were never settled|still handling it",
                                "Looks at the first message without the lock and removes the first message with it.",
                                LooksBeforeItLocks::new)
                        .and("G-4", "handled successfully \\d+ times|were never settled|still handling it"),
                QueueFault.plain(
                        "StealsFromTheTail",
                        "Q-31",
                        "which was put entirely later",
                        "Lets every consumer but the first take from the end, to spare the lock.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected @Nullable Message next(PlainConsumer consumer) {
                                boolean first = consumers.isEmpty() || consumers.get(0) == consumer;
                                return first
                                        ? super.next(consumer)
                                        : shelf().ready.pollLast();
                            }
                        }),
                QueueFault.plain(
                                "LanePerProducerThread",
                                "Q-31",
                                "which was put entirely later",
                                "Gives each producing thread a lane of its own and takes from the lanes by turns.",
                                LanePerProducerThread::new)
                        .and("Q-3", "was attempted after"),
                QueueFault.plain(
                        "OverflowPageComesFirst",
                        "Q-3",
                        "was attempted after",
                        "Pages out what is beyond 64 messages, and reads the page back ahead of what stayed in memory.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected @Nullable Message next(PlainConsumer consumer) {
                                int size = shelf().ready.size();
                                if (size <= 64) {
                                    return shelf().ready.pollFirst();
                                }
                                List<Message> all = new ArrayList<>(shelf().ready);
                                Message paged = all.remove(64);
                                shelf().ready.clear();
                                shelf().ready.addAll(all);
                                return paged;
                            }
                        }),
                QueueFault.plain(
                        "SortsByTimestamp",
                        "Q-3",
                        "was attempted after",
                        "Orders messages by the senders' timestamps instead of their arrival.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected @Nullable Message next(PlainConsumer consumer) {
                                Message next = shelf().ready.stream()
                                        .min(Comparator.comparing(Message::timestamp))
                                        .orElse(null);
                                if (next != null) {
                                    shelf().ready.remove(next);
                                }
                                return next;
                            }
                        }),
                QueueFault.plain(
                        "FailureGoesToTheFront",
                        "Q-3",
                        "was attempted after",
                        "Holds the next message back until the one that failed has been retried, then swaps both.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void failed(Message message, Throwable failure) {
                                super.failed(message, failure);
                                Message next = shelf().ready.pollFirst();
                                if (next != null) {
                                    shelf().ready.addLast(next);
                                }
                            }
                        }));
    }

    private static final class DeduplicatesById extends PlainQueue {
        private final Set<String> seen = new HashSet<>();

        DeduplicatesById(Opening opening) {
            super(opening);
        }

        @Override
        protected void accept(Message message) {
            if (seen.add(message.id())) {
                super.accept(message);
            }
        }
    }

    /** Each consumer takes several at once; they are still counted as unsettled by nobody but itself. */
    private static class Prefetching extends PlainQueue {
        private final int count;
        private final Map<PlainConsumer, ArrayDeque<Message>> buffers = new LinkedHashMap<>();

        Prefetching(Opening opening, int count) {
            super(opening);
            this.count = count;
        }

        @Override
        protected @Nullable Message next(PlainConsumer consumer) {
            ArrayDeque<Message> buffer = buffers.computeIfAbsent(consumer, it -> new ArrayDeque<>());
            while (buffer.size() < count && !shelf().ready.isEmpty()) {
                buffer.addLast(shelf().ready.removeFirst());
            }
            return buffer.pollFirst();
        }

        @Override
        protected @Nullable Delivery take(PlainConsumer consumer) {
            Delivery delivery = super.take(consumer);
            if (delivery == null) {
                locked(() -> {
                    ArrayDeque<Message> left = buffers.remove(consumer);
                    if (left != null) {
                        handBack(left);
                    }
                    shelf().changed.signalAll();
                    return true;
                });
            }
            return delivery;
        }

        void handBack(ArrayDeque<Message> prefetched) {
            prefetched.descendingIterator().forEachRemaining(shelf().ready::addFirst);
        }
    }

    private static final class DealsOutByTurns extends PlainQueue {
        private final IdentityHashMap<Message, Integer> turns = new IdentityHashMap<>();
        private int turn;

        DealsOutByTurns(Opening opening) {
            super(opening);
        }

        @Override
        protected @Nullable Message next(PlainConsumer consumer) {
            int own = Math.max(0, consumers.indexOf(consumer));
            for (Message message : shelf().ready) {
                int assigned = turns.computeIfAbsent(message, it -> turn++) % Math.max(1, consumers.size());
                if (assigned == own) {
                    shelf().ready.remove(message);
                    turns.remove(message);
                    return message;
                }
            }
            return null;
        }
    }

    private static final class AcknowledgesInBatches extends PlainQueue {
        private final Map<PlainConsumer, List<Message>> unacknowledged = new LinkedHashMap<>();

        AcknowledgesInBatches(Opening opening) {
            super(opening);
        }

        @Override
        protected void settle(PlainConsumer consumer, Delivery delivery, @Nullable Throwable failure) {
            super.settle(consumer, delivery, failure);
            locked(() -> {
                List<Message> batch = unacknowledged.computeIfAbsent(consumer, it -> new ArrayList<>());
                if (failure == null) {
                    batch.add(delivery.message());
                }
                if (batch.size() == 3) {
                    batch.clear();
                }
                return true;
            });
        }

        @Override
        protected @Nullable Delivery take(PlainConsumer consumer) {
            Delivery delivery = super.take(consumer);
            if (delivery == null) {
                locked(() -> {
                    List<Message> batch = unacknowledged.remove(consumer);
                    if (batch != null) {
                        batch.forEach(this::enqueue);
                    }
                    return true;
                });
            }
            return delivery;
        }
    }

    private static final class LooksBeforeItLocks extends PlainQueue {
        private static final ThreadLocal<@Nullable Message> SEEN = new ThreadLocal<>();

        LooksBeforeItLocks(Opening opening) {
            super(opening);
        }

        @Override
        protected @Nullable Delivery take(PlainConsumer consumer) {
            SEEN.set(locked(() -> shelf().ready.peekFirst()));
            LockSupport.parkNanos(1_000);
            return super.take(consumer);
        }

        @Override
        protected @Nullable Message next(PlainConsumer consumer) {
            Message seen = SEEN.get();
            SEEN.remove();
            Message first = super.next(consumer);
            return first != null && seen != null ? seen : first;
        }
    }

    private static final class LanePerProducerThread extends PlainQueue {
        private final Map<Thread, ArrayDeque<Message>> lanes = new LinkedHashMap<>();
        private int turn;

        LanePerProducerThread(Opening opening) {
            super(opening);
        }

        @Override
        protected void accept(Message message) {
            super.accept(message);
            lanes.computeIfAbsent(Thread.currentThread(), it -> new ArrayDeque<>())
                    .addLast(message);
        }

        @Override
        protected @Nullable Message next(PlainConsumer consumer) {
            List<ArrayDeque<Message>> all = new ArrayList<>(lanes.values());
            for (int i = 0; i < all.size(); i++) {
                Message message = all.get(turn++ % all.size()).pollFirst();
                if (message != null) {
                    shelf().ready.remove(message);
                    return message;
                }
            }
            return super.next(consumer);
        }
    }
}
