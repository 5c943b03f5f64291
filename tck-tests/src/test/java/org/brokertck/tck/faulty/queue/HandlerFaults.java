package org.brokertck.tck.faulty.queue;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.queue.plain.Delivery;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainConsumer;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;
import org.jspecify.annotations.Nullable;

/** Faults in how handlers are called, and what becomes of a consumer when they misbehave. */
final class HandlerFaults {
    private HandlerFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "ErrorKillsTheConsumer",
                        "G-12",
                        "the next message was not delivered",
                        "Counts an Error as a failure, and then lets it end the consumer.",
                        it -> dying(it, failure -> failure instanceof Error)),
                QueueFault.plain(
                        "CheckedExceptionKillsTheConsumer",
                        "G-12",
                        "the next message was not delivered",
                        "Expects unchecked exceptions only: a checked one ends the consumer.",
                        it -> dying(it, failure -> failure instanceof java.io.IOException)),
                QueueFault.plain(
                        "HandlersInterruptKillsTheConsumer",
                        "G-12",
                        "the next message was not delivered",
                        "Takes an interrupt flag that a handler left behind for its own orders to end.",
                        HandlersInterruptKillsTheConsumer::new),
                QueueFault.plain(
                                "LateHandlerHoldsTheQueue",
                                "G-12",
                                "while one handler was late, another consumer was given nothing",
                                "Runs handlers under one lock of the queue.",
                                it -> new PlainQueue(it) {
                                    private final ReentrantLock handling = new ReentrantLock();

                                    @Override
                                    protected void attempt(PlainConsumer consumer, Delivery delivery) {
                                        handling.lock();
                                        try {
                                            super.attempt(consumer, delivery);
                                        } finally {
                                            handling.unlock();
                                        }
                                    }
                                })
                        .and("Q-6", "consumers were blocked in their handlers|and another free"),
                QueueFault.plain(
                        "TwoThreadsForEachConsumer",
                        "Q-4",
                        "while it was still busy with",
                        "Calls the handler of a consumer from two threads.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected PlainConsumer newConsumer(MessageHandler handler) {
                                PlainConsumer twin = super.newConsumer(handler);
                                consumers.add(twin);
                                PlainConsumer consumer = new PlainConsumer(this, handler) {
                                    @Override
                                    protected void start() {
                                        super.start();
                                        startOf(twin);
                                    }

                                    @Override
                                    protected void beginClosing() {
                                        super.beginClosing();
                                        closingOf(twin);
                                    }
                                };
                                return consumer;
                            }
                        }),
                QueueFault.plain(
                        "RetriesOnTheTimer",
                        "Q-4",
                        "while it was still busy with",
                        "Calls the handler for a retry on the thread of the timer, when its time has come.",
                        RetriesOnTheTimer::new),
                QueueFault.plain(
                        "ProduceFromAHandlerDeadlocks",
                        "Q-28",
                        "handlers that produce to their own queue set off",
                        "Guards handlers and produce by one lock that the same thread cannot take twice.",
                        ProduceFromAHandlerDeadlocks::new),
                QueueFault.plain(
                                "CloseFromAHandlerDeadlocks",
                                "Q-28",
                                "close of a queue from inside a handler did not return|the handler that closed its queue succeeded, but",
                                "Waits in close for the very handler that called it.",
                                CloseFromAHandlerDeadlocks::new)
                        .and("G-3", "close from inside a handler did not return"),
                QueueFault.plain(
                        "ConsumerWaitsForItself",
                        "Q-28",
                        "close of a consumer from inside its own handler did not return",
                        "Joins the consumer's thread in the close of a consumer, also when it is the caller's.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected PlainConsumer newConsumer(MessageHandler handler) {
                                return new PlainConsumer(this, handler) {
                                    @Override
                                    public void close() {
                                        super.close();
                                        joinForever(thread());
                                    }
                                };
                            }
                        }));
    }

    /** For variants of consumers, which cannot call each other's protected methods from here. */
    private static void startOf(PlainConsumer consumer) {
        consumer.thread().start();
    }

    private static void closingOf(PlainConsumer consumer) {
        Thread closer = new Thread(consumer::close, "plain-closer");
        closer.setDaemon(true);
        closer.start();
    }

    private static void joinForever(Thread thread) {
        try {
            thread.join(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PlainQueue dying(Opening opening, java.util.function.Predicate<Throwable> deadly) {
        return new PlainQueue(opening) {
            @Override
            protected void settle(PlainConsumer consumer, Delivery delivery, @Nullable Throwable failure) {
                super.settle(consumer, delivery, failure);
                if (failure != null && deadly.test(failure)) {
                    throw new ConsumerDied(failure);
                }
            }
        };
    }

    /** Ends the thread of a consumer without a word. */
    private static final class ConsumerDied extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ConsumerDied(Throwable failure) {
            super(failure);
            Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
        }
    }

    private static final class HandlersInterruptKillsTheConsumer extends PlainQueue {
        HandlersInterruptKillsTheConsumer(Opening opening) {
            super(opening);
        }

        @Override
        protected void settle(PlainConsumer consumer, Delivery delivery, @Nullable Throwable failure) {
            boolean interrupted = Thread.currentThread().isInterrupted();
            super.settle(consumer, delivery, failure);
            if (interrupted) {
                throw new ConsumerDied(new InterruptedException());
            }
        }
    }

    private static final class RetriesOnTheTimer extends PlainQueue {
        RetriesOnTheTimer(Opening opening) {
            super(opening);
        }

        @Override
        protected void retryDue(Message message) {
            PlainConsumer consumer =
                    consumers.stream().filter(it -> !it.closing()).findFirst().orElse(null);
            if (consumer == null) {
                super.retryDue(message);
                return;
            }
            Delivery delivery = handOut(consumer, message);
            Thread timer = new Thread(() -> attempt(consumer, delivery), "plain-retry");
            timer.setDaemon(true);
            timer.start();
        }
    }

    private static final class ProduceFromAHandlerDeadlocks extends PlainQueue {
        private final Semaphore mutex = new Semaphore(1);

        ProduceFromAHandlerDeadlocks(Opening opening) {
            super(opening);
        }

        @Override
        public void produce(Message message) {
            mutex.acquireUninterruptibly();
            try {
                super.produce(message);
            } finally {
                mutex.release();
            }
        }

        @Override
        protected void handle(PlainConsumer consumer, Message message) throws Exception {
            mutex.acquireUninterruptibly();
            try {
                super.handle(consumer, message);
            } finally {
                mutex.release();
            }
        }
    }

    private static final class CloseFromAHandlerDeadlocks extends PlainQueue {
        CloseFromAHandlerDeadlocks(Opening opening) {
            super(opening);
        }

        @Override
        public void close() {
            super.close();
            locked(() -> List.copyOf(consumers)).forEach(it -> joinForever(it.thread()));
        }
    }
}
