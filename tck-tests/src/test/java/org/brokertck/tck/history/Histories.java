package org.brokertck.tck.history;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.tck.history.Attempt.Result;

/**
 * Histories written by hand, event by event, with times in milliseconds. What a test leaves open is filled in as a correct
 * broker would have it: the retries of an attempt, since when its consumer was free, the consumers, and whether all settled.
 */
public final class Histories {
    /** What handlers of these histories throw. */
    public static final String FAILURE = "java.lang.IllegalStateException";

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    private final Map<String, Message> messages = new HashMap<>();
    private final List<ProduceCall> produces = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<String, ConsumerSpan> consumers = new LinkedHashMap<>();
    private final List<MetricsSample> samples = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final QueueConfig.Builder config = QueueConfig.builder();
    private long closing = Long.MAX_VALUE;
    private long closed = Long.MAX_VALUE;
    private boolean unsettled;

    private Histories() {}

    /** One thing that happened. */
    @FunctionalInterface
    public interface Event {
        /** Adds it to the history. */
        void addTo(Histories history);
    }

    /** The history of these events, told in the order in which they began. */
    public static QueueHistory history(Event... events) {
        Histories it = new Histories();
        for (Event event : events) {
            event.addTo(it);
        }
        return new QueueHistory(
                it.config.build(),
                it.produces,
                it.attempts,
                List.copyOf(it.consumers.values()),
                it.samples,
                it.deadLetters,
                it.closing,
                it.closed,
                !it.unsettled && it.isSettled());
    }

    /** A message with that name, as {@link #produce} makes it. */
    public static Message message(String id) {
        return Message.builder()
                .id(id)
                .topic("topic")
                .payload(id.getBytes(StandardCharsets.UTF_8))
                .timestamp(TIME)
                .build();
    }

    /** A produce call by the producer {@code p}. */
    public static Produce produce(String id) {
        return new Produce(message(id));
    }

    /** An attempt at a message that some event before has produced, or at one that nobody produced. */
    public static Handling attempt(String consumer, String id) {
        return new Handling(consumer, id);
    }

    /** The settings of the queue. */
    public static Event config(Consumer<QueueConfig.Builder> change) {
        return it -> change.accept(it.config);
    }

    /** The capacity of the queue. */
    public static Event capacity(int capacity) {
        return config(it -> it.capacity(capacity));
    }

    /** The delays between attempts. */
    public static Event backoff(Backoff backoff) {
        return config(it -> it.backoff(backoff));
    }

    /** How long a close waits for running handlers. */
    public static Event drainTimeout(int millis) {
        return config(it -> it.drainTimeout(Duration.ofMillis(millis)));
    }

    /** A consumer that handles nothing, or joined later than at 0. */
    public static Event consumer(String name, int opened) {
        return it -> it.consumers.put(name, new ConsumerSpan(name, nanos(opened), Long.MAX_VALUE, Long.MAX_VALUE));
    }

    /** A consumer that joined at 0 and was closed. */
    public static Event consumerClosed(String name, int closing, int closed) {
        return it -> it.consumers.put(name, new ConsumerSpan(name, 0, nanos(closing), nanos(closed)));
    }

    /** A reading of the metrics: produced, consumed, failed, in flight, dead letters. */
    public static Event metrics(int asked, int answered, long p, long c, long f, long i, long d) {
        return it -> it.samples.add(new MetricsSample(nanos(asked), nanos(answered), new QueueMetrics(p, c, f, i, d)));
    }

    /** The close of the queue. */
    public static Event close(int closing, int closed) {
        return it -> {
            it.closing = nanos(closing);
            it.closed = nanos(closed);
        };
    }

    /** The driver stopped waiting before all was settled. */
    public static Event unsettled() {
        return it -> it.unsettled = true;
    }

    /** A dead letter that tells the truth about the attempts so far. */
    public static Event deadLetter(String id) {
        return it -> {
            List<Attempt> all = it.attempts.stream()
                    .filter(attempt -> attempt.id().equals(id))
                    .toList();
            Attempt last = all.get(all.size() - 1);
            String text = last.failure().substring(last.failure().indexOf(": ") + 2);
            it.deadLetters.add(new DeadLetter(last.message(), all.size(), FAILURE, text));
        };
    }

    /** A dead letter as given. */
    public static Event deadLetter(Message message, int attempts, String type, String text) {
        return it -> it.deadLetters.add(new DeadLetter(message, attempts, type, text));
    }

    /** A time in nanoseconds. */
    public static long nanos(int millis) {
        return millis * 1_000_000L;
    }

    /** A produce call in the making. */
    public static final class Produce {
        private Message message;
        private int from;
        private int to;

        private Produce(Message message) {
            this.message = message;
        }

        /** How many retries the message permits; 0 when never set. */
        public Produce maxRetries(int maxRetries) {
            message = message.toBuilder().maxRetries(maxRetries).build();
            return this;
        }

        /** When the call began and ended. */
        public Produce at(int from, int to) {
            this.from = from;
            this.to = to;
            return this;
        }

        /** It returned. */
        public Event ok() {
            return ended(Outcome.OK, "");
        }

        /** It threw, and nothing of it may be visible. */
        public Event refused(String detail) {
            return ended(Outcome.REFUSED, detail);
        }

        /** It threw without knowing. */
        public Event unknown() {
            return ended(Outcome.UNKNOWN, "org.brokertck.api.OperationTimeoutException: no answer");
        }

        /** It has not returned. */
        public Event pending() {
            return add(new ProduceCall("p", message, nanos(from), Long.MAX_VALUE, Outcome.PENDING, ""));
        }

        private Event ended(Outcome outcome, String detail) {
            return add(new ProduceCall("p", message, nanos(from), nanos(to), outcome, detail));
        }

        private static Event add(ProduceCall call) {
            return it -> {
                it.messages.put(call.id(), call.message());
                it.produces.add(call);
            };
        }
    }

    /** An attempt in the making. */
    public static final class Handling {
        private final String consumer;
        private final String id;
        private UnaryOperator<Message> change = UnaryOperator.identity();
        private int freeSince = -1;
        private int started;
        private int ended;

        private Handling(String consumer, String id) {
            this.consumer = consumer;
            this.id = id;
        }

        /** What the broker made of the message on its way. */
        public Handling changed(UnaryOperator<Message.Builder> change) {
            this.change = it -> change.apply(it.toBuilder()).build();
            return this;
        }

        /** The retries that the attempt carries, rather than the number of those before. */
        public Handling retries(int retries) {
            return changed(it -> it.retries(retries));
        }

        /** Since when the consumer was free, rather than since its attempt before or its joining. */
        public Handling freeSince(int freeSince) {
            this.freeSince = freeSince;
            return this;
        }

        /** When the handler began and ended. */
        public Handling at(int started, int ended) {
            this.started = started;
            this.ended = ended;
            return this;
        }

        /** The handler returned. */
        public Event succeeded() {
            return it -> add(it, Result.SUCCEEDED, "", nanos(ended));
        }

        /** The handler threw. */
        public Event failed() {
            return failed("fails by plan");
        }

        /** The handler threw an exception with this text. */
        public Event failed(String text) {
            return it -> add(it, Result.FAILED, FAILURE + ": " + text, nanos(ended));
        }

        /** The handler has not ended. */
        public Event running() {
            return it -> add(it, Result.RUNNING, "", Long.MAX_VALUE);
        }

        private void add(Histories it, Result result, String failure, long end) {
            int before =
                    (int) it.attempts.stream().filter(a -> a.id().equals(id)).count();
            Message message = it.messages.getOrDefault(id, message(id)).withRetries(before);
            long free = freeSince >= 0 ? nanos(freeSince) : it.freeSince(consumer);
            it.attempts.add(new Attempt(consumer, change.apply(message), free, nanos(started), end, result, failure));
            it.consumers.computeIfAbsent(consumer, c -> new ConsumerSpan(c, 0, Long.MAX_VALUE, Long.MAX_VALUE));
        }
    }

    private long freeSince(String consumer) {
        ConsumerSpan span = consumers.get(consumer);
        return attempts.stream()
                .filter(it -> it.consumer().equals(consumer))
                .mapToLong(Attempt::ended)
                .max()
                .orElse(span == null ? 0 : span.opened());
    }

    private boolean isSettled() {
        return attempts.stream().noneMatch(it -> it.result() == Result.RUNNING)
                && produces.stream().filter(it -> it.outcome() == Outcome.OK).allMatch(it -> isSettled(it.message()));
    }

    private boolean isSettled(Message message) {
        List<Attempt> all =
                attempts.stream().filter(it -> it.id().equals(message.id())).toList();
        return all.stream().anyMatch(Attempt::succeeded) || all.size() > message.maxRetries();
    }
}
