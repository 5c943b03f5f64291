package org.brokertck.tck.faulty.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;

/** Faults in what becomes of messages that are given up. */
final class DeadLetterFaults {
    private DeadLetterFaults() {}

    static List<Fault> all() {
        return List.of(
                letter(
                        "TellsOnlyTheSimpleName",
                        "Q-14",
                        "tells the failure",
                        "Tells the failure's class without its package.",
                        (it, failure) -> new DeadLetter(
                                it.message(), it.attempts(), failure.getClass().getSimpleName(), it.failureText())),
                letter(
                        "NoTextBecomesNull",
                        "Q-14",
                        "the texts of a failure without one",
                        "Writes the word null for a failure without a text.",
                        (it, failure) -> new DeadLetter(
                                it.message(), it.attempts(), it.failureType(), String.valueOf(failure.getMessage()))),
                letter(
                        "CountsRetriesAsAttempts",
                        "Q-14",
                        "says \\d+ attempts: there were",
                        "Tells the number of retries where attempts are due.",
                        (it, failure) -> new DeadLetter(
                                it.message(), Math.max(1, it.message().retries()), it.failureType(), it.failureText())),
                letter(
                        "DeadLetterLosesItsHeaders",
                        "Q-14",
                        "differs from what was produced: headers was",
                        "Keeps its own notes in the headers of a dead letter, in place of the sender's.",
                        (it, failure) -> new DeadLetter(
                                it.message().toBuilder()
                                        .headers(Map.of("x-death", it.failureType()))
                                        .build(),
                                it.attempts(),
                                it.failureType(),
                                it.failureText())),
                QueueFault.plain(
                        "TellsTheFirstFailure",
                        "Q-14",
                        "tells the failure",
                        "Remembers the failure of the first attempt instead of the last.",
                        TellsTheFirstFailure::new),
                QueueFault.plain(
                        "ParksTwiceAfterARetry",
                        "Q-14",
                        "is parked twice",
                        "Parks a message that was retried both when its last retry begins to fail and when it has failed.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void park(DeadLetter letter) {
                                super.park(letter);
                                if (letter.attempts() > 2) {
                                    super.park(letter);
                                }
                            }
                        }),
                QueueFault.plain(
                        "CountsDeadLettersTwice",
                        "Q-18",
                        "at rest the metrics say",
                        "Counts a dead letter when it is given up and again when it is parked.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected org.brokertck.api.queue.QueueMetrics snapshot() {
                                var it = super.snapshot();
                                return new org.brokertck.api.queue.QueueMetrics(
                                        it.produced(), it.consumed(), it.failed(), it.inFlight(), 2 * it.deadLetters());
                            }
                        }),
                listed(
                        "DeadLetterListIsLive",
                        "G-8",
                        "clearing the list",
                        "Hands out its own list of dead letters.",
                        DeadLetterListIsLive::new),
                listed(
                        "ListsNewestFirst",
                        "Q-16",
                        "list\\(\\d+\\) of dead letters",
                        "Lists the newest dead letter first.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected List<DeadLetter> listed(int limit) {
                                List<DeadLetter> all = new ArrayList<>(shelf().parked);
                                Collections.reverse(all);
                                return all.subList(0, Math.min(limit, all.size()));
                            }
                        }),
                listed(
                        "LimitCutsTheOldest",
                        "Q-16",
                        "list\\(\\d+\\) of dead letters",
                        "Lists the newest few, oldest first, when there are more than the limit.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected List<DeadLetter> listed(int limit) {
                                List<DeadLetter> all = new ArrayList<>(shelf().parked);
                                return all.subList(Math.max(0, all.size() - limit), all.size());
                            }
                        }),
                listed(
                        "ListsInOrderOfProduction",
                        "Q-16",
                        "is listed after",
                        "Lists dead letters in the order in which they were produced, not parked.",
                        ListsInOrderOfProduction::new),
                listed(
                        "ListingTakesThemAway",
                        "Q-16",
                        "list\\(\\d+\\) of dead letters",
                        "Looks at dead letters by taking them, and forgets to put the last one back.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected List<DeadLetter> listed(int limit) {
                                List<DeadLetter> all = super.listed(limit);
                                if (all.size() > 1) {
                                    shelf().parked.remove(all.get(all.size() - 1));
                                }
                                return all;
                            }
                        }),
                QueueFault.plain(
                        "RedriveKeepsTheRetryCount",
                        "Q-17",
                        "was attempted \\d times, not 3",
                        "Returns dead letters with the retries that they had.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected Message redriven(DeadLetter letter) {
                                return letter.message();
                            }
                        }),
                redrive(
                        "RedriveCopies",
                        "after redrive",
                        "Leaves what it returns to the queue among the dead letters.",
                        (queue, limit) -> {
                            List<DeadLetter> all = queue.oldest(limit);
                            all.forEach(queue::back);
                            return all.size();
                        }),
                redrive(
                        "RedriveIgnoresItsLimit",
                        "says that it moved",
                        "Returns all dead letters, whatever the limit.",
                        (queue, limit) -> queue.redriveAs(Integer.MAX_VALUE)),
                redrive(
                        "RedrivesNewestFirst",
                        "after redrive|oldest first",
                        "Returns the newest dead letters first.",
                        (queue, limit) -> queue.redriveReversed(limit)),
                redrive(
                        "RedriveCountsAsProduced",
                        "are not produced anew",
                        "Produces what it redrives like any new message.",
                        (queue, limit) -> {
                            int count = queue.redriveAs(limit);
                            queue.produced(count);
                            return count;
                        }),
                QueueFault.plain(
                        "PurgeSaysZero",
                        "Q-17",
                        "purge of \\d+ dead letters says that it deleted 0",
                        "Counts after it has purged.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected int purge() {
                                shelf().parked.clear();
                                return shelf().parked.size();
                            }
                        }));
    }

    private static Fault letter(
            String name,
            String rule,
            String finding,
            String description,
            BiFunction<DeadLetter, Throwable, DeadLetter> change) {
        return QueueFault.plain(name, rule, finding, description, it -> new PlainQueue(it) {
            @Override
            protected DeadLetter letter(Message message, Throwable failure) {
                return change.apply(super.letter(message, failure), failure);
            }
        });
    }

    private static Fault listed(
            String name,
            String rule,
            String finding,
            String description,
            java.util.function.Function<Opening, org.brokertck.api.queue.MessageQueue> queue) {
        return QueueFault.plain(name, rule, finding, description, queue);
    }

    private static Fault redrive(
            String name, String finding, String description, BiFunction<Redriving, Integer, Integer> redrive) {
        return QueueFault.plain(name, "Q-17", finding, description, it -> new Redriving(it) {
            @Override
            protected int redrive(int limit) {
                return redrive.apply(this, limit);
            }
        });
    }

    /** What faulty redrives are put together from. */
    private static class Redriving extends PlainQueue {
        Redriving(Opening opening) {
            super(opening);
        }

        final List<DeadLetter> oldest(int limit) {
            return listed(limit);
        }

        final void back(DeadLetter letter) {
            enqueue(redriven(letter));
        }

        final int redriveAs(int limit) {
            return super.redrive(limit);
        }

        final int redriveReversed(int limit) {
            List<DeadLetter> all = new ArrayList<>(shelf().parked);
            Collections.reverse(all);
            List<DeadLetter> some = all.subList(0, Math.min(limit, all.size()));
            some.forEach(it -> {
                shelf().parked.removeLast();
                back(it);
            });
            return some.size();
        }

        final void produced(int count) {
            produced += count;
        }
    }

    private static final class TellsTheFirstFailure extends PlainQueue {
        private final Map<String, Throwable> first = new HashMap<>();

        TellsTheFirstFailure(Opening opening) {
            super(opening);
        }

        @Override
        protected void failed(Message message, Throwable failure) {
            first.putIfAbsent(message.id(), failure);
            super.failed(message, failure);
        }

        @Override
        protected DeadLetter letter(Message message, Throwable failure) {
            return super.letter(message, first.getOrDefault(message.id(), failure));
        }
    }

    private static final class DeadLetterListIsLive extends PlainQueue {
        private final List<DeadLetter> all = new ArrayList<>();

        DeadLetterListIsLive(Opening opening) {
            super(opening);
        }

        @Override
        protected void park(DeadLetter letter) {
            super.park(letter);
            all.add(letter);
        }

        @Override
        protected List<DeadLetter> listed(int limit) {
            return limit < all.size() ? all.subList(0, limit) : all;
        }
    }

    private static final class ListsInOrderOfProduction extends PlainQueue {
        private final Map<String, Integer> places = new HashMap<>();

        ListsInOrderOfProduction(Opening opening) {
            super(opening);
        }

        @Override
        protected void accept(Message message) {
            places.put(message.id(), places.size());
            super.accept(message);
        }

        @Override
        protected List<DeadLetter> listed(int limit) {
            return shelf().parked.stream()
                    .sorted(Comparator.comparingInt(
                            it -> places.getOrDefault(it.message().id(), 0)))
                    .limit(limit)
                    .toList();
        }
    }
}
