package org.brokertck.tck.faulty.queue;

import java.util.List;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.Lingering;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainConsumer;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;
import org.jspecify.annotations.Nullable;

/** Faults that show when handlers keep a close waiting, and when a consumer falls asleep. */
final class DrainFaults {

    private DrainFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "EveryCloseBeginsAnew",
                        "G-3",
                        "and the second was still waiting when the drain timeout of the first had passed",
                        "Lets running handlers have another drain timeout with each close.",
                        it -> new PlainQueue(it) {
                            private long last;

                            @Override
                            public void close() {
                                locked(() -> last = time().nanoTime()
                                        + config().drainTimeout().toNanos());
                                super.close();
                            }

                            @Override
                            protected boolean cutOff() {
                                return time().nanoTime() >= last && super.cutOff();
                            }
                        }),
                QueueFault.plain(
                        "SecondCloseDoesNotWait",
                        "G-3",
                        "one close returned while a handler was running",
                        "Has nothing left to do for whoever closes it second.",
                        it -> new PlainQueue(it) {
                            @Override
                            public void close() {
                                if (!locked(() -> closing)) {
                                    super.close();
                                }
                            }
                        }),
                QueueFault.plain(
                        "ConsumersAreClosedInTurn",
                        "Q-23",
                        "close took .* over 4 running handlers",
                        "Closes its consumers one after the other, and waits for each as long as it may.",
                        it -> new PlainQueue(it) {
                            @Override
                            public void close() {
                                locked(() -> List.copyOf(consumers)).forEach(PlainConsumer::close);
                                super.close();
                            }
                        }),
                QueueFault.plain(
                        "TimerEndsWithTheWaitingCloser",
                        "G-10",
                        "after a close from inside a handler these threads are still alive: plain-leftover-timer",
                        "Ends its timer when a close has waited for the handlers, which one from inside a handler does not.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void beginClosing() {
                                if (!closing && consumers.stream().anyMatch(this::isOwnThread)) {
                                    Lingering.thread("plain-leftover-timer");
                                }
                                super.beginClosing();
                            }
                        }),
                QueueFault.plain(
                        "InterruptsOneHandler",
                        "Q-23",
                        "3 handlers outlived the drain timeout, and 2 of them were not interrupted",
                        "Interrupts the first handler that it finds running when the drain timeout has passed.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected PlainConsumer newConsumer(MessageHandler handler) {
                                return new PlainConsumer(this, handler) {
                                    @Override
                                    protected void interruptHandler() {
                                        if (!ended
                                                && consumers.stream().filter(PlainConsumer::busy).findFirst().stream()
                                                        .allMatch(it -> it == this)) {
                                            super.interruptHandler();
                                        }
                                    }
                                };
                            }
                        }),
                QueueFault.plain(
                        "AClosedConsumerIsClosed",
                        "G-3",
                        "one close returned while its handler|which had closed it from inside",
                        "Returns from the close of a consumer at once when that has been called before.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected PlainConsumer newConsumer(MessageHandler handler) {
                                return new PlainConsumer(this, handler) {
                                    @Override
                                    public void close() {
                                        if (!locked(this::closing)) {
                                            super.close();
                                        }
                                    }
                                };
                            }
                        }),
                QueueFault.plain(
                        "OneCloseFromInsideIsEnough",
                        "Q-23",
                        "close returned while the handler that had closed the queue before was running",
                        "Returns at once from every close that follows one from inside a handler.",
                        it -> new PlainQueue(it) {
                            private boolean fromInside;

                            @Override
                            public void close() {
                                if (locked(() -> fromInside)) {
                                    return;
                                }
                                locked(() -> fromInside = consumers.stream().anyMatch(this::isOwnThread));
                                super.close();
                            }
                        }),
                QueueFault.plain(
                        "HandlersCloseConsumersAtOnce",
                        "Q-26",
                        "from another's handler returned while its own handler was running",
                        "Waits for no handler when a consumer is closed by any handler of its queue.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected PlainConsumer newConsumer(MessageHandler handler) {
                                return new PlainConsumer(this, handler) {
                                    @Override
                                    public void close() {
                                        if (locked(() -> consumers.stream().anyMatch(it -> isOwnThread(it)))) {
                                            locked(() -> {
                                                beginClosing();
                                                return true;
                                            });
                                        } else {
                                            super.close();
                                        }
                                    }
                                };
                            }
                        }),
                QueueFault.plain(
                        "GivenUpIsNotInFlight",
                        "Q-20",
                        "a handler runs whose consumer was closed .*inFlight=0",
                        "Counts a handler no longer when it has given it up.",
                        it -> new GivesUp(it) {
                            @Override
                            protected QueueMetrics snapshot() {
                                QueueMetrics now = super.snapshot();
                                return new QueueMetrics(
                                        now.produced(),
                                        now.consumed(),
                                        now.failed(),
                                        Math.max(0, now.inFlight() - givenUp),
                                        now.deadLetters());
                            }
                        }),
                QueueFault.plain(
                        "NothingIsInFlightWhileClosing",
                        "Q-20",
                        "a handler runs which a close of the queue waits for, .*inFlight=0",
                        "Counts no handler as running once it is being closed.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected QueueMetrics snapshot() {
                                QueueMetrics now = super.snapshot();
                                return closing
                                        ? new QueueMetrics(
                                                now.produced(), now.consumed(), now.failed(), 0, now.deadLetters())
                                        : now;
                            }
                        }),
                QueueFault.plain(
                        "CutOffComesAgainAndCounts",
                        "Q-19",
                        "one message was produced, and after the return",
                        "Puts the message of a handler that it gives up back, and still counts what that ends with.",
                        CutOffComesAgain::new),
                QueueFault.plain(
                        "CutOffEndsTwice",
                        "Q-19",
                        "one message was produced, and (while a handler|after the return)",
                        "Takes a handler that it gives up for ended, and counts it once more when it does end.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected PlainConsumer newConsumer(MessageHandler handler) {
                                return new PlainConsumer(this, handler) {
                                    @Override
                                    protected void interruptHandler() {
                                        super.interruptHandler();
                                        inFlight -= busy() ? 1 : 0;
                                    }
                                };
                            }
                        }),
                QueueFault.plain(
                        "LooksThenSleeps",
                        "Q-1",
                        "was not handled within",
                        "Looks for a message, and goes to sleep without looking whether one has come since.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void awaitChange() {
                                shelf().lock.unlock();
                                Thread.yield();
                                shelf().lock.lock();
                                super.awaitChange();
                            }
                        }));
    }

    /** A thread that should not be: it ends by itself, so that the tests do not drown in them. */
    /** Knows how many of the handlers that run were given up. */
    private static class GivesUp extends PlainQueue {
        protected int givenUp;

        GivesUp(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainConsumer newConsumer(MessageHandler handler) {
            return new PlainConsumer(this, handler) {
                private boolean given;

                @Override
                protected void interruptHandler() {
                    if (busy() && !given) {
                        given = true;
                        givenUp++;
                    }
                    super.interruptHandler();
                }

                @Override
                protected void busy(boolean now) {
                    if (given && !now) {
                        given = false;
                        givenUp--;
                    }
                    super.busy(now);
                }
            };
        }
    }

    private static final class CutOffComesAgain extends PlainQueue {
        CutOffComesAgain(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainConsumer newConsumer(MessageHandler handler) {
            return new PlainConsumer(this, handler) {
                private @Nullable Message held;

                @Override
                public MessageHandler handler() {
                    return message -> {
                        held = message;
                        super.handler().handle(message);
                    };
                }

                @Override
                protected void interruptHandler() {
                    super.interruptHandler();
                    if (busy() && held != null && !CutOffComesAgain.this.closing) {
                        enqueue(held);
                    }
                }
            };
        }
    }
}
