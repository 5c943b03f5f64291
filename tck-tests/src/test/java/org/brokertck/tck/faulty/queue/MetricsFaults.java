package org.brokertck.tck.faulty.queue;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.queue.plain.Delivery;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainConsumer;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;
import org.jspecify.annotations.Nullable;

/** Faults of counters. */
final class MetricsFaults {
    private MetricsFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "RetriesCountAsProduced",
                        "Q-18",
                        "at rest the metrics say",
                        "Sends retries through produce, which counts them.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void retryDue(Message message) {
                                accept(message);
                            }
                        }),
                QueueFault.plain(
                        "LastFailureIsNotCounted",
                        "Q-18",
                        "at rest the metrics say",
                        "Counts a failure when it schedules a retry, so that the last failure is left out.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void park(DeadLetter letter) {
                                super.park(letter);
                                failed--;
                            }
                        }),
                QueueFault.plain(
                                "DeadLettersCountAsConsumed",
                                "Q-18",
                                "at rest the metrics say",
                                "Counts every message that leaves the queue as consumed.",
                                it -> new PlainQueue(it) {
                                    @Override
                                    protected void park(DeadLetter letter) {
                                        super.park(letter);
                                        consumed++;
                                    }
                                })
                        .and("Q-19", "is more than produced|consumed is \\d+, where"),
                QueueFault.plain(
                        "UnguardedCounter",
                        "G-4",
                        "at rest the metrics say",
                        "Adds to a counter without a lock, so that additions get lost.",
                        UnguardedCounter::new),
                QueueFault.plain(
                        "CountersReadOneByOne",
                        "Q-19",
                        "is more than produced",
                        "Reads its counters one after the other, while others change them.",
                        it -> new PlainQueue(it) {
                            @Override
                            public QueueMetrics metrics() {
                                long before = locked(() -> produced);
                                LockSupport.parkNanos(1_000);
                                QueueMetrics after = super.metrics();
                                return new QueueMetrics(
                                        before,
                                        after.consumed(),
                                        after.failed(),
                                        after.inFlight(),
                                        after.deadLetters());
                            }
                        }),
                QueueFault.plain(
                        "CountsWhatItHandsOut",
                        "Q-19",
                        "consumed is \\d+, where by then it was from|is more than produced",
                        "Counts a message as consumed when it hands it out, and takes that back when the handler fails.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected Delivery handOut(PlainConsumer consumer, Message message) {
                                consumed++;
                                return super.handOut(consumer, message);
                            }

                            @Override
                            protected void handlerEnded(PlainConsumer consumer, @Nullable Throwable failure) {
                                super.handlerEnded(consumer, failure);
                                consumed--;
                            }
                        }),
                QueueFault.plain(
                        "RedrivesBeforeItRemoves",
                        "Q-19",
                        "is more than produced",
                        "Returns dead letters to the queue first and removes them from the dead letters then.",
                        RedrivesBeforeItRemoves::new),
                QueueFault.plain(
                        "InFlightNotDecreasedAfterError",
                        "Q-20",
                        "handlers are running now, but the metrics stayed at",
                        "Forgets that a handler has ended when it threw.",
                        it -> new PlainQueue(it) {
                            private int lost;

                            @Override
                            protected void handlerEnded(PlainConsumer consumer, @Nullable Throwable failure) {
                                super.handlerEnded(consumer, failure);
                                lost += failure == null ? 0 : 1;
                            }

                            @Override
                            protected QueueMetrics snapshot() {
                                QueueMetrics it = super.snapshot();
                                return new QueueMetrics(
                                        it.produced(),
                                        it.consumed(),
                                        it.failed(),
                                        it.inFlight() + lost,
                                        it.deadLetters());
                            }
                        }),
                QueueFault.plain(
                                "InFlightCountsWhatWaits",
                                "Q-18",
                                "at rest the metrics say|never came to rest",
                                "Leaves a message in flight while it waits for its retry, and for ever once it is given up.",
                                it -> new PlainQueue(it) {
                                    @Override
                                    protected QueueMetrics snapshot() {
                                        QueueMetrics it = super.snapshot();
                                        return new QueueMetrics(
                                                it.produced(),
                                                it.consumed(),
                                                it.failed(),
                                                it.produced() - it.consumed(),
                                                it.deadLetters());
                                    }
                                })
                        .and("Q-20", "handlers are running now, but the metrics stayed at"),
                QueueFault.plain(
                        "InFlightIsAFlag",
                        "Q-20",
                        "handlers are running now, but the metrics stayed at",
                        "Knows only whether a handler is running.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected QueueMetrics snapshot() {
                                QueueMetrics it = super.snapshot();
                                return new QueueMetrics(
                                        it.produced(),
                                        it.consumed(),
                                        it.failed(),
                                        Math.min(1, it.inFlight()),
                                        it.deadLetters());
                            }
                        }));
    }

    private static final class UnguardedCounter extends PlainQueue {
        private volatile long count;

        UnguardedCounter(Opening opening) {
            super(opening);
        }

        @Override
        protected void settle(PlainConsumer consumer, Delivery delivery, @Nullable Throwable failure) {
            super.settle(consumer, delivery, failure);
            if (failure == null) {
                long before = count;
                LockSupport.parkNanos(1_000);
                count = before + 1;
            }
        }

        @Override
        protected QueueMetrics snapshot() {
            QueueMetrics it = super.snapshot();
            return new QueueMetrics(it.produced(), count, it.failed(), it.inFlight(), it.deadLetters());
        }
    }

    private static final class RedrivesBeforeItRemoves extends PlainQueue {
        RedrivesBeforeItRemoves(Opening opening) {
            super(opening);
        }

        @Override
        protected int redrive(int limit) {
            List<DeadLetter> all = listed(limit);
            all.forEach(it -> enqueue(redriven(it)));
            // Lets the others in, as a call to a server for each step would.
            int depth = shelf().lock.getHoldCount();
            for (int i = 0; i < depth; i++) {
                shelf().lock.unlock();
            }
            LockSupport.parkNanos(1_000);
            for (int i = 0; i < depth; i++) {
                shelf().lock.lock();
            }
            all.forEach(shelf().parked::remove);
            return all.size();
        }
    }
}
