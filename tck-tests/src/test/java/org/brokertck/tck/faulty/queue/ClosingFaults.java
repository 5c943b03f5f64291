package org.brokertck.tck.faulty.queue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.ClosedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.Lingering;
import org.brokertck.tck.faulty.queue.plain.Delivery;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainConsumer;
import org.brokertck.tck.faulty.queue.plain.PlainDeadLetters;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;
import org.jspecify.annotations.Nullable;

/** Faults of the end: what still works after it, what it waits for, and what it leaves behind. */
final class ClosingFaults {

    private ClosingFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "AcceptsWhatItDrops",
                        "G-2",
                        "PRODUCE after close was accepted",
                        "Drops what is produced after close, without a word.",
                        it -> new PlainQueue(it) {
                            @Override
                            public void produce(Message message) {
                                try {
                                    super.produce(message);
                                } catch (ClosedException closed) {
                                    // The fault.
                                }
                            }
                        }),
                QueueFault.plain(
                        "DeadLettersOutliveTheQueue",
                        "G-2",
                        "LIST after close was accepted",
                        "Lists dead letters of a closed queue.",
                        it -> new PlainQueue(it) {
                            @Override
                            public DeadLetters deadLetters() {
                                return new PlainDeadLetters(this) {
                                    @Override
                                    public List<org.brokertck.api.queue.DeadLetter> list(int limit) {
                                        checkLimit(limit);
                                        return locked(() -> listed(limit));
                                    }
                                };
                            }
                        }),
                QueueFault.plain(
                        "CloseClearsTheFigures",
                        "G-2",
                        "the metrics were .* before close and are",
                        "Resets its counters when it is closed.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected QueueMetrics snapshot() {
                                return ended ? new QueueMetrics(0, 0, 0, 0, 0) : super.snapshot();
                            }
                        }),
                QueueFault.plain(
                        "ClosedIsAnIllegalState",
                        "G-2",
                        "threw java.lang.IllegalStateException.* where ClosedException is due",
                        "Tells of its end by an exception of its own.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void requireUsable(Duration patience) {
                                if (closing) {
                                    throw new IllegalStateException("closed");
                                }
                            }
                        }),
                QueueFault.plain(
                        "SecondCloseThrows",
                        "G-3",
                        "close .*threw org.brokertck.api.ClosedException",
                        "Refuses to be closed twice.",
                        it -> new PlainQueue(it) {
                            @Override
                            public void close() {
                                locked(() -> {
                                    requireUsable(Duration.ZERO);
                                    return true;
                                });
                                super.close();
                            }
                        }),
                QueueFault.plain(
                        "SecondCloseWaitsForEver",
                        "G-3",
                        "close .*did not return",
                        "Lets a second close wait for a signal that only the first one was there to hear.",
                        it -> new PlainQueue(it) {
                            private boolean before;

                            @Override
                            public void close() {
                                if (locked(() -> before)) {
                                    Lingering.here();
                                }
                                locked(() -> before = true);
                                super.close();
                            }
                        }),
                QueueFault.plain(
                        "TimerThreadOutlivesClose",
                        "G-10",
                        "these threads are still alive: plain-leftover-timer",
                        "Leaves its timer running.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void end() {
                                super.end();
                                Lingering.thread("plain-leftover-timer");
                            }
                        }),
                QueueFault.plain(
                        "LeavingConsumerKeepsItsThread",
                        "G-10",
                        "these threads are still alive: plain-leftover-heartbeat",
                        "Ends the heartbeats of the consumers that it still has when it is closed, not of those that left before.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected PlainConsumer newConsumer(MessageHandler handler) {
                                return new PlainConsumer(this, handler) {
                                    @Override
                                    public void close() {
                                        super.close();
                                        Lingering.thread("plain-leftover-heartbeat");
                                    }
                                };
                            }
                        }),
                QueueFault.plain(
                        "CloseDoesNotWait",
                        "Q-23",
                        "close returned",
                        "Interrupts the running handlers as soon as it is closed.",
                        it -> new PlainQueue(it.withConfig(drain(it.config(), Duration.ZERO)))),
                QueueFault.plain(
                        "WaitsAsLongAsItTakes",
                        "Q-23",
                        "close took .* with a drain timeout of|close did not return",
                        "Waits for running handlers, whatever the drain timeout.",
                        it -> new PlainQueue(it.withConfig(drain(it.config(), Duration.ofSeconds(20))))),
                QueueFault.plain(
                        "ConsumerWaitsAsLongAsItTakes",
                        "Q-26",
                        "close of a consumer (took .* with a drain timeout of|did not return)",
                        "Ends a consumer only when its handler has returned, whatever the drain timeout.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected PlainConsumer newConsumer(MessageHandler handler) {
                                return new PatientConsumer(this, handler);
                            }
                        }),
                QueueFault.plain(
                        "ConsumerLeavesItsHandlerRunning",
                        "Q-26",
                        "was not interrupted|close of a consumer took",
                        "Gives a handler up at the drain timeout of its consumer without interrupting it.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected PlainConsumer newConsumer(MessageHandler handler) {
                                return new PlainConsumer(this, handler) {
                                    @Override
                                    protected void interruptHandler() {}
                                };
                            }
                        }),
                QueueFault.plain(
                        "OutcomeDuringCloseIsLost",
                        "Q-23",
                        "is \\d+ after the close, where it must be",
                        "Counts no outcome once closing has begun.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void conclude(Message message, @Nullable Throwable failure) {
                                if (!closing) {
                                    super.conclude(message, failure);
                                }
                            }
                        }),
                QueueFault.plain(
                        "OneMoreAfterClose",
                        "Q-23",
                        "a handler started .*after close",
                        "Has its consumers take one message ahead, which is handled whatever happened meanwhile.",
                        OneMoreAfterClose::new));
    }

    private static QueueConfig drain(QueueConfig config, Duration drain) {
        return new QueueConfig(config.capacity(), config.produceTimeout(), config.backoff(), drain);
    }

    /** A thread that should not be: it ends by itself, so that the tests do not drown in them. */
    private static final class OneMoreAfterClose extends PlainQueue {
        private final Set<PlainConsumer> done = new HashSet<>();

        OneMoreAfterClose(Opening opening) {
            super(opening);
        }

        @Override
        protected @Nullable Delivery take(PlainConsumer consumer) {
            Delivery delivery = super.take(consumer);
            if (delivery != null || !locked(() -> closing && done.add(consumer))) {
                return delivery;
            }
            LockSupport.parkNanos(1_000_000);
            return locked(() -> {
                Message ahead = shelf().ready.pollFirst();
                return ahead == null ? null : handOut(consumer, ahead);
            });
        }

        @Override
        protected void join(Thread thread) {
            // Believes that nobody has anything left to do.
        }
    }

    /** Waits for its handler first, and asks for the time left then. */
    private static final class PatientConsumer extends PlainConsumer {
        PatientConsumer(PlainQueue queue, MessageHandler handler) {
            super(queue, handler);
        }

        @Override
        public void close() {
            // An interrupted thread does not park: it would spin for good.
            while (thread() != Thread.currentThread()
                    && busy()
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(1_000_000);
            }
            super.close();
        }
    }
}
