package org.brokertck.tck.faulty.queue;

import java.util.List;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
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
