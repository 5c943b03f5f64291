package org.brokertck.tck.faulty.queue.legal;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.api.target.Capability;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Limits;
import org.brokertck.tck.faulty.queue.plain.Delivery;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainConsumer;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;
import org.brokertck.tck.faulty.queue.plain.PlainTarget;
import org.brokertck.tck.time.TckTimeouts;
import org.jspecify.annotations.Nullable;

/** All odd but legal implementations, by name. */
final class LegalQueues {
    private LegalQueues() {}

    static List<ConformanceTarget> all() {
        return List.of(
                new PlainTarget("Unbounded", Set.of(), Limits.DEFAULT, null, it -> new PlainQueue(it) {
                    @Override
                    protected boolean hasRoom() {
                        return true;
                    }
                }),
                new PlainTarget(
                        "SmallestLimits",
                        Set.of(Capability.BOUNDED),
                        new Limits(1 << 10, 1 << 16),
                        null,
                        PlainQueue::new),
                PlainTarget.of("LongestDelays", it -> new PlainQueue(it) {
                    @Override
                    protected Duration delay(int attempt) {
                        return config().backoff().delayAfter(attempt);
                    }
                }),
                PlainTarget.of("ShortestDelays", it -> new PlainQueue(it) {
                    @Override
                    protected Duration delay(int attempt) {
                        Backoff backoff = config().backoff();
                        return Duration.ofNanos(
                                (long) (backoff.delayAfter(attempt).toNanos() * (1 - backoff.jitter())));
                    }
                }),
                PlainTarget.of("LateWithinTheTolerance", LegalQueues::late),
                PlainTarget.of("RetriesFirst", it -> new PlainQueue(it) {
                    @Override
                    protected void retryDue(Message message) {
                        shelf().ready.addFirst(message);
                        shelf().changed.signalAll();
                    }
                }),
                PlainTarget.of("RandomChoiceOfConsumer", it -> new PlainQueue(it) {
                    @Override
                    protected @Nullable Delivery take(PlainConsumer consumer) {
                        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(200_000));
                        return super.take(consumer);
                    }
                }),
                PlainTarget.of("FirstConsumerFirst", FirstConsumerFirst::new),
                PlainTarget.of("SlowHandOver", it -> new PlainQueue(it) {
                    @Override
                    protected void handle(PlainConsumer consumer, Message message) throws Exception {
                        LockSupport.parkNanos(300_000);
                        super.handle(consumer, message);
                    }
                }),
                PlainTarget.of("FreshThreadForEachMessage", FreshThreads::new),
                PlainTarget.of("SlowMetrics", it -> new PlainQueue(it) {
                    @Override
                    public QueueMetrics metrics() {
                        QueueMetrics metrics = super.metrics();
                        LockSupport.parkNanos(2_000_000);
                        return metrics;
                    }
                }),
                PlainTarget.of("UnmodifiableListsAndWordyRefusals", it -> new PlainQueue(it) {
                    @Override
                    public void produce(Message message) {
                        requireArgument(message, "Message");
                        super.produce(message);
                    }

                    @Override
                    public Consumer consume(MessageHandler handler) {
                        requireArgument(handler, "Handler");
                        return super.consume(handler);
                    }

                    @Override
                    protected List<DeadLetter> listed(int limit) {
                        return Collections.unmodifiableList(super.listed(limit));
                    }
                }),
                PlainTarget.of("SlowClose", it -> new PlainQueue(it) {
                    @Override
                    public void close() {
                        super.close();
                        LockSupport.parkNanos(TckTimeouts.current().tolerance().toNanos() / 30);
                    }
                }),
                PlainTarget.of("OrderOfProducersByLot", it -> new PlainQueue(it) {
                    @Override
                    public void produce(Message message) {
                        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(300_000));
                        super.produce(message);
                        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(300_000));
                    }
                }));
    }

    private static void requireArgument(@Nullable Object argument, String name) {
        if (argument == null) {
            throw new IllegalArgumentException(name + " must not be null, dear caller, and was");
        }
    }

    /** Late by the wall clock, for which there is a tolerance; a manual clock leaves none. */
    private static PlainQueue late(Opening opening) {
        return new PlainQueue(opening) {
            @Override
            protected Duration delay(int attempt) {
                Duration due = super.delay(attempt);
                boolean virtual = time() instanceof org.brokertck.api.target.ManualClock;
                return virtual
                        ? due
                        : due.plus(TckTimeouts.current().tolerance().dividedBy(20));
            }
        };
    }

    /** The consumer that came first gets everything that it can handle; the others what it leaves. */
    private static final class FirstConsumerFirst extends PlainQueue {
        FirstConsumerFirst(Opening opening) {
            super(opening);
        }

        @Override
        protected boolean mayTake(PlainConsumer consumer) {
            return consumers.stream()
                    .takeWhile(it -> it != consumer)
                    .allMatch(it -> it.busy() || it.closing() || !it.thread().isAlive());
        }

        @Override
        protected Delivery handOut(PlainConsumer consumer, Message message) {
            shelf().changed.signalAll();
            return super.handOut(consumer, message);
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // the caller loops
        protected void awaitChange() {
            try {
                shelf().changed.await(1, java.util.concurrent.TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                // An idle consumer has nothing to interrupt.
            }
        }
    }

    /** Handlers never see the thread of another message; the consumer waits for each. */
    private static final class FreshThreads extends PlainQueue {
        private final Map<PlainConsumer, Thread> running = new HashMap<>();

        FreshThreads(Opening opening) {
            super(opening);
        }

        @Override
        protected void handle(PlainConsumer consumer, Message message) throws Exception {
            Throwable[] failure = new Throwable[1];
            Thread thread = new Thread(
                    () -> {
                        try {
                            consumer.handler().handle(message);
                        } catch (Throwable thrown) {
                            failure[0] = thrown;
                        }
                    },
                    "plain-fresh");
            thread.setDaemon(true);
            locked(() -> running.put(consumer, thread));
            thread.start();
            awaitEnd(thread);
            locked(() -> running.remove(consumer));
            if (failure[0] instanceof Error error) {
                throw error;
            }
            if (failure[0] instanceof Exception exception) {
                throw exception;
            }
        }

        /** Hands an interrupt on to the handler that it is meant for. */
        private static void awaitEnd(Thread thread) {
            while (true) {
                try {
                    thread.join();
                    return;
                } catch (InterruptedException e) {
                    thread.interrupt();
                }
            }
        }

        @Override
        protected boolean isOwnThread(PlainConsumer consumer) {
            return super.isOwnThread(consumer) || running.get(consumer) == Thread.currentThread();
        }
    }
}
