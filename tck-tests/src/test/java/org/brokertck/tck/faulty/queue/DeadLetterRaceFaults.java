package org.brokertck.tck.faulty.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainDeadLetters;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;

/** Faults of dead letters that show in numbers, in a race, or in what they tell. */
final class DeadLetterRaceFaults {
    private DeadLetterRaceFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "RedrivesWhatItListed",
                        "Q-17",
                        "redrove 50 dead letters at once, and say that they moved|all messages become dead letters",
                        "Lists the dead letters, and returns them in a second step, whether they are still there or not.",
                        it -> new PlainQueue(it) {
                            @Override
                            public DeadLetters deadLetters() {
                                return new PlainDeadLetters(this) {
                                    @Override
                                    public int redrive(int limit) {
                                        List<DeadLetter> chosen = list(limit);
                                        LockSupport.parkNanos(1_000);
                                        return usable(() -> {
                                            for (DeadLetter letter : chosen) {
                                                shelf().parked.remove(letter);
                                                enqueue(redriven(letter));
                                            }
                                            return chosen.size();
                                        });
                                    }
                                };
                            }
                        }),
                QueueFault.plain(
                        "PurgeCountsFirst",
                        "Q-17",
                        "while 3 threads purged them, which say that they deleted",
                        "Counts the dead letters, and deletes those that are there a moment later.",
                        it -> new PlainQueue(it) {
                            @Override
                            public DeadLetters deadLetters() {
                                return new PlainDeadLetters(this) {
                                    @Override
                                    public int purge() {
                                        int counted =
                                                locked(() -> shelf().parked.size());
                                        LockSupport.parkNanos(1_000);
                                        int unused = super.purge();
                                        return counted;
                                    }
                                };
                            }
                        }),
                QueueFault.plain(
                        "ListsWithoutTheLock",
                        "Q-16",
                        "list threw java.util.ConcurrentModificationException|a list of them had",
                        "Reads the dead letters while others add to them.",
                        ListsWithoutTheLock::new),
                QueueFault.plain(
                        "KeepsAThousandDeadLetters",
                        "Q-16",
                        "of 1200 dead letters holds 1000",
                        "Drops the oldest of more than a thousand dead letters.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void park(DeadLetter letter) {
                                if (shelf().parked.size() >= 1000) {
                                    shelf().parked.removeFirst();
                                }
                                super.park(letter);
                            }

                            @Override
                            protected org.brokertck.api.queue.QueueMetrics snapshot() {
                                var now = super.snapshot();
                                return new org.brokertck.api.queue.QueueMetrics(
                                        now.produced(), now.consumed(), now.failed(), now.inFlight(), now.failed());
                            }
                        }),
                QueueFault.plain(
                        "RedrivesAPageAtMost",
                        "Q-17",
                        "redrive\\(1100\\) of 1200 dead letters says that it moved 500",
                        "Returns no more dead letters than fit into a page.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected int redrive(int limit) {
                                return super.redrive(Math.min(limit, 500));
                            }
                        }),
                QueueFault.plain(
                        "TellsTheCause",
                        "Q-14",
                        "java.io.IOException|disk is full",
                        "Tells the cause of what the handler threw.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected DeadLetter letter(Message message, Throwable failure) {
                                Throwable cause = failure.getCause();
                                return super.letter(message, cause == null ? failure : cause);
                            }
                        }),
                QueueFault.plain(
                        "TellsTheFirstLine",
                        "Q-14",
                        "could not store it",
                        "Keeps the first line of a failure's text.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected DeadLetter letter(Message message, Throwable failure) {
                                DeadLetter whole = super.letter(message, failure);
                                String line =
                                        whole.failureText().lines().findFirst().orElse("");
                                return new DeadLetter(message, whole.attempts(), whole.failureType(), line);
                            }
                        }),
                QueueFault.plain(
                        "LongOnesOverflowToTheEnd",
                        "Q-3",
                        "m-\\d+",
                        "Keeps what is beyond a thousand messages apart, and turns to it when the others are done.",
                        it -> new PlainQueue(it) {
                            private final java.util.ArrayDeque<Message> overflow = new java.util.ArrayDeque<>();

                            @Override
                            protected void enqueue(Message message) {
                                if (shelf().ready.size() < 1000) {
                                    super.enqueue(message);
                                } else {
                                    overflow.addLast(message);
                                }
                            }

                            @Override
                            protected @org.jspecify.annotations.Nullable Message next(
                                    org.brokertck.tck.faulty.queue.plain.PlainConsumer consumer) {
                                Message next = super.next(consumer);
                                return next == null ? overflow.pollFirst() : next;
                            }
                        }),
                QueueFault.plain(
                        "RedrivenGoOnWithTheirDelay",
                        "Q-11",
                        "attempt 1 had not started",
                        "Takes a redriven message's delays up where its last failure left them.",
                        it -> new PlainQueue(it) {
                            private int before;

                            @Override
                            protected Message redriven(DeadLetter letter) {
                                before = letter.attempts();
                                return super.redriven(letter);
                            }

                            @Override
                            protected java.time.Duration delay(int attempt) {
                                return super.delay(attempt + before);
                            }
                        }));
    }

    private static final class ListsWithoutTheLock extends PlainQueue {
        private final List<DeadLetter> letters = new ArrayList<>();

        ListsWithoutTheLock(Opening opening) {
            super(opening);
        }

        @Override
        protected void park(DeadLetter letter) {
            super.park(letter);
            letters.add(letter);
        }

        @Override
        protected int purge() {
            letters.clear();
            return super.purge();
        }

        @Override
        public DeadLetters deadLetters() {
            return new PlainDeadLetters(this) {
                @Override
                public List<DeadLetter> list(int limit) {
                    checkLimit(limit);
                    List<DeadLetter> listed = new ArrayList<>();
                    for (DeadLetter letter : letters) {
                        if (listed.isEmpty()) {
                            LockSupport.parkNanos(1_000);
                        }
                        if (listed.size() < limit) {
                            listed.add(letter);
                        }
                    }
                    return listed;
                }
            };
        }
    }
}
