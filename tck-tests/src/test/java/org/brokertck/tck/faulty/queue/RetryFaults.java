package org.brokertck.tck.faulty.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.queue.plain.Delivery;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainConsumer;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;
import org.jspecify.annotations.Nullable;

/** Faults in whether, when and how a failed message is tried again. */
final class RetryFaults {
    private RetryFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "TheDelayRunsFromTheStart",
                        "Q-10",
                        "started .* after attempt",
                        "Takes off the delay what the attempt itself took, as a lease does.",
                        it -> new PlainQueue(it) {
                            private final ThreadLocal<Long> begun = ThreadLocal.withInitial(() -> time().nanoTime());

                            @Override
                            protected Message delivered(Message message) {
                                begun.set(time().nanoTime());
                                return super.delivered(message);
                            }

                            @Override
                            protected Duration delay(int attempt) {
                                Duration rest = super.delay(attempt).minusNanos(time().nanoTime() - begun.get());
                                return rest.isNegative() ? Duration.ZERO : rest;
                            }
                        }),
                QueueFault.plain(
                        "OneWaitForEachMessage",
                        "Q-27",
                        "messages with one id and maxRetries=2 failed always",
                        "Keeps what waits for its retry in a map by message, where an equal one replaces it.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void retryLater(Message message, Duration delay) {
                                shelf().waiting
                                        .removeIf(other -> other.message().equals(message));
                                super.retryLater(message, delay);
                            }
                        }),
                mayRetry(
                                "OneRetryTooMany",
                                "Q-8",
                                "was attempted \\d+ times: \\d+ are allowed",
                                "Compares retries with maxRetries by 'no more than'.",
                                (message, failure) -> message.retries() <= message.maxRetries())
                        .and("Q-15", "is parked|were attempted|attempted \\d+ times"),
                mayRetry(
                        "GivesUpOneRetryEarly",
                        "Q-8",
                        "was given up after \\d+ failed attempts",
                        "Counts the first attempt as a retry.",
                        (message, failure) -> message.retries() + 1 < message.maxRetries()),
                mayRetry(
                        "ErrorsAreNotRetried",
                        "Q-8",
                        "was given up after",
                        "Retries after exceptions only.",
                        (message, failure) -> failure instanceof Exception && message.retries() < message.maxRetries()),
                mayRetry(
                        "ZeroRetriesMeansTheDefault",
                        "Q-15",
                        "3 messages with maxRetries=0 were attempted",
                        "Takes maxRetries = 0 for a setting that was left out.",
                        (message, failure) ->
                                message.retries() < (message.maxRetries() == 0 ? 1 : message.maxRetries())),
                retried(
                        "RetryLosesItsHeaders",
                        "Q-9",
                        "carried a changed message: headers was",
                        "Builds the retried message anew and forgets the headers.",
                        it -> it.toBuilder().headers(Map.of()).build()),
                retried(
                        "RetryIsStampedAnew",
                        "Q-9",
                        "carried a changed message: timestamp was",
                        "Stamps a message with the time of its retry.",
                        it -> it.toBuilder().timestamp(java.time.Instant.now()).build()),
                retried(
                        "RetryCountStopsAtOne",
                        "Q-9",
                        "carried retries=",
                        "Marks a retried message as redelivered, without counting how often.",
                        it -> it.withRetries(1)),
                QueueFault.plain(
                        "ThirtyPowersAtMost",
                        "Q-10",
                        "it is due no sooner than",
                        "Lets the delay grow thirty times at most, whatever its cap.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected Duration delay(int attempt) {
                                return super.delay(Math.min(30, attempt));
                            }
                        }),
                QueueFault.plain(
                        "TrustsTheProducersCount",
                        "Q-9",
                        "attempt 0 \\(from 0\\) at counted-too carried retries=2",
                        "Starts counting where the produced message says.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected Message stored(Message message) {
                                return message;
                            }
                        }),
                delay(
                        "DelayInWholeSeconds",
                        "Q-10",
                        "started .* after attempt",
                        "Keeps delays in seconds, rounded down.",
                        (backoff, k) -> Duration.ofSeconds(backoff.delayAfter(k).toSeconds())),
                delay(
                        "FirstDelayIsForgotten",
                        "Q-10",
                        "started .* after attempt",
                        "Raises the multiplier to one power too few, and does not wait at all the first time.",
                        (backoff, k) -> k == 0 ? Duration.ZERO : backoff.delayAfter(k - 1)),
                delay(
                        "JitterIsDrawnTwice",
                        "Q-10",
                        "started within .* it is due no sooner than",
                        "Takes the jitter off twice.",
                        (backoff, k) -> shortened(backoff, shortened(backoff, backoff.delayAfter(k)))),
                delay(
                        "JitterIsAdded",
                        "Q-11",
                        "it is due no later than",
                        "Adds the jitter instead of taking it off.",
                        (backoff, k) -> backoff.delayAfter(k)
                                .plusNanos((long) (backoff.delayAfter(k).toNanos()
                                        * backoff.jitter()
                                        * ThreadLocalRandom.current().nextDouble()))),
                delay(
                        "DelayOneStepAhead",
                        "Q-11",
                        "it is due no later than",
                        "Counts retries before it computes their delay, so that the first delay is skipped.",
                        (backoff, k) -> backoff.delayAfter(k + 1)),
                delay(
                        "RetriesPolledEverySecond",
                        "Q-11",
                        "it is due no later than",
                        "Looks once in a second for what is due.",
                        (backoff, k) ->
                                Duration.ofSeconds((backoff.delayAfter(k).toMillis() + 999) / 1000)),
                delay(
                        "ShiftsTheDelayOver63Bits",
                        "Q-12",
                        "started .* after attempt",
                        "Doubles by shifting, which comes round after 63 attempts.",
                        (backoff, k) -> backoff.multiplier() == 2
                                ? capped(backoff, backoff.initialDelay().toMillis() << k)
                                : backoff.delayAfter(k)),
                delay(
                        "DelayInAnInt",
                        "Q-12",
                        "attempt \\d+ (started|had not started)|attempts had begun, where",
                        "Keeps delays as an int of milliseconds, which ends at 24 days.",
                        (backoff, k) -> Duration.ofMillis(
                                Math.max(0, (int) backoff.delayAfter(k).toMillis()))),
                delay(
                        "CapBeforeTheLastStep",
                        "Q-12",
                        "no later than",
                        "Caps the delay before it multiplies for the last time.",
                        (backoff, k) -> k == 0
                                ? backoff.initialDelay()
                                : Duration.ofNanos((long)
                                        Math.min(backoff.delayAfter(k - 1).toNanos() * backoff.multiplier(), (double)
                                                Duration.ofDays(30_000).toNanos()))),
                delay(
                        "NothingTimesInfinityIsTheCap",
                        "Q-12",
                        "attempts without delay did not happen",
                        "Caps what is not a number, so that no delay becomes the longest.",
                        (backoff, k) -> {
                            double nanos = backoff.initialDelay().toNanos() * Math.pow(backoff.multiplier(), k);
                            return nanos < backoff.maxDelay().toNanos()
                                    ? Duration.ofNanos((long) nanos)
                                    : backoff.maxDelay();
                        }),
                QueueFault.plain(
                        "WaitsInTheConsumer",
                        "Q-13",
                        "wait .* for their retries, and of",
                        "Lets the consumer that failed sleep until the retry is due.",
                        WaitsInTheConsumer::new),
                QueueFault.plain(
                        "HeadOfLineRetryQueue",
                        "Q-13",
                        "did not come back while another waited",
                        "Keeps waiting retries in one queue and looks at its head only, as a queue with a time to live does.",
                        HeadOfLineRetryQueue::new),
                QueueFault.plain(
                        "RetryTimerBelongsToTheConsumer",
                        "Q-1",
                        "were never settled",
                        "Forgets the waiting retries of a consumer that is closed.",
                        RetryTimerBelongsToTheConsumer::new));
    }

    private static Fault mayRetry(
            String name,
            String rule,
            String finding,
            String description,
            BiFunction<Message, Throwable, Boolean> decision) {
        return QueueFault.plain(name, rule, finding, description, it -> new PlainQueue(it) {
            @Override
            protected boolean mayRetry(Message message, Throwable failure) {
                return decision.apply(message, failure);
            }
        });
    }

    private static Fault retried(
            String name, String rule, String finding, String description, UnaryOperator<Message> change) {
        return QueueFault.plain(name, rule, finding, description, it -> new PlainQueue(it) {
            private final IdentityHashMap<Message, Integer> attempts = new IdentityHashMap<>();

            @Override
            protected Message retried(Message message) {
                int next = attempts.getOrDefault(message, 0) + 1;
                Message retried =
                        change.apply(super.retried(message)).toBuilder().build();
                attempts.put(retried, next);
                return retried;
            }

            @Override
            protected boolean mayRetry(Message message, Throwable failure) {
                return attempts.getOrDefault(message, 0) < message.maxRetries();
            }
        });
    }

    private static Fault delay(
            String name,
            String rule,
            String finding,
            String description,
            BiFunction<Backoff, Integer, Duration> delay) {
        return QueueFault.plain(name, rule, finding, description, it -> new PlainQueue(it) {
            @Override
            protected Duration delay(int attempt) {
                return delay.apply(config().backoff(), attempt);
            }
        });
    }

    private static Duration shortened(Backoff backoff, Duration delay) {
        return Duration.ofNanos((long) (delay.toNanos()
                * (1 - backoff.jitter() * ThreadLocalRandom.current().nextDouble())));
    }

    private static Duration capped(Backoff backoff, long millis) {
        return Duration.ofMillis(Math.max(0, Math.min(millis, backoff.maxDelay().toMillis())));
    }

    private static final class WaitsInTheConsumer extends PlainQueue {
        WaitsInTheConsumer(Opening opening) {
            super(opening);
        }

        @Override
        protected void settle(PlainConsumer consumer, Delivery delivery, @Nullable Throwable failure) {
            if (failure != null
                    && delivery.message().retries() < delivery.message().maxRetries()) {
                LockSupport.parkNanos(delay(delivery.message().retries()).toNanos());
            }
            super.settle(consumer, delivery, failure);
        }

        @Override
        protected void retryLater(Message message, Duration delay) {
            super.retryLater(message, Duration.ZERO);
        }
    }

    private static final class HeadOfLineRetryQueue extends PlainQueue {
        private final ArrayDeque<Message> line = new ArrayDeque<>();
        private final ArrayDeque<Duration> delays = new ArrayDeque<>();

        HeadOfLineRetryQueue(Opening opening) {
            super(opening);
        }

        @Override
        protected void retryLater(Message message, Duration delay) {
            line.addLast(message);
            delays.addLast(delay);
            if (line.size() == 1) {
                super.retryLater(message, delay);
            }
        }

        @Override
        protected void retryDue(Message message) {
            line.removeFirst();
            delays.removeFirst();
            super.retryDue(message);
            if (!line.isEmpty()) {
                super.retryLater(line.getFirst(), delays.getFirst());
            }
        }
    }

    private static final class RetryTimerBelongsToTheConsumer extends PlainQueue {
        private final IdentityHashMap<Message, PlainConsumer> owners = new IdentityHashMap<>();
        private @Nullable PlainConsumer settling;

        RetryTimerBelongsToTheConsumer(Opening opening) {
            super(opening);
        }

        @Override
        protected void handlerEnded(PlainConsumer consumer, @Nullable Throwable failure) {
            super.handlerEnded(consumer, failure);
            settling = consumer;
        }

        @Override
        protected void retryLater(Message message, Duration delay) {
            if (settling != null) {
                owners.put(message, settling);
            }
            super.retryLater(message, delay);
        }

        @Override
        protected void retryDue(Message message) {
            PlainConsumer owner = owners.remove(message);
            if (owner == null || !owner.closing()) {
                super.retryDue(message);
            }
        }
    }
}
