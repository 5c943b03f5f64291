package org.brokertck.tck.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.brokertck.api.queue.Backoff;

/** The kinds of random workloads, for {@code @ForAll(supplier = …)}. */
public final class Workloads {
    private static final int MOST_MESSAGES = 12;
    private static final int MOST_PRODUCERS = 4;
    private static final int MOST_CONSUMERS = 4;
    private static final int CAPACITY = 10_000;

    private Workloads() {}

    /** Several producers and consumers, no failures. */
    public static final class Calm implements ArbitrarySupplier<QueueWorkload> {
        @Override
        public Arbitrary<QueueWorkload> get() {
            return workloads(calm(), staying(MOST_CONSUMERS), Arbitraries.just(PlannedConsumer.NEVER));
        }
    }

    /** Several producers and consumers; handlers fail, some so often that messages are dead-lettered. */
    public static final class Failing implements ArbitrarySupplier<QueueWorkload> {
        @Override
        public Arbitrary<QueueWorkload> get() {
            return workloads(failing(), staying(MOST_CONSUMERS), Arbitraries.just(PlannedConsumer.NEVER));
        }
    }

    /** One consumer; handlers fail. */
    public static final class OneConsumer implements ArbitrarySupplier<QueueWorkload> {
        @Override
        public Arbitrary<QueueWorkload> get() {
            return workloads(failing(), staying(1), Arbitraries.just(PlannedConsumer.NEVER));
        }
    }

    /** Consumers join and leave while handlers fail. */
    public static final class ComingAndGoing implements ArbitrarySupplier<QueueWorkload> {
        @Override
        public Arbitrary<QueueWorkload> get() {
            return workloads(failing(), leaving(), Arbitraries.just(PlannedConsumer.NEVER));
        }
    }

    /** The queue is closed while producers and consumers are busy. */
    public static final class Closing implements ArbitrarySupplier<QueueWorkload> {
        @Override
        public Arbitrary<QueueWorkload> get() {
            return workloads(
                    failing(), staying(MOST_CONSUMERS), Arbitraries.integers().between(0, MOST_MESSAGES));
        }
    }

    private static Arbitrary<QueueWorkload> workloads(
            Arbitrary<PlannedMessage> messages,
            Arbitrary<List<PlannedConsumer>> consumers,
            Arbitrary<Integer> closings) {
        Arbitrary<List<List<PlannedMessage>>> producers = messages.list()
                .ofMinSize(1)
                .ofMaxSize(MOST_MESSAGES)
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_PRODUCERS)
                .map(Workloads::named);
        return Shrinking.bounded(Combinators.combine(producers, consumers, backoffs(), closings)
                .as((p, c, backoff, closing) -> new QueueWorkload(p, c, backoff, CAPACITY, closing)));
    }

    /** Gives every message an id of its own that tells its place. */
    private static List<List<PlannedMessage>> named(List<List<PlannedMessage>> producers) {
        List<List<PlannedMessage>> named = new ArrayList<>();
        for (int p = 0; p < producers.size(); p++) {
            List<PlannedMessage> messages = new ArrayList<>();
            for (int i = 0; i < producers.get(p).size(); i++) {
                PlannedMessage it = producers.get(p).get(i);
                String id = "p" + p + "-m" + i;
                messages.add(new PlannedMessage(
                        id, it.payload(), it.headers(), it.maxRetries(), it.failures(), it.mishap()));
            }
            named.add(List.copyOf(messages));
        }
        return List.copyOf(named);
    }

    private static Arbitrary<PlannedMessage> calm() {
        return messages(Arbitraries.just(0));
    }

    private static Arbitrary<PlannedMessage> failing() {
        return messages(Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(0)),
                Tuple.of(2, Arbitraries.integers().between(1, 4))));
    }

    private static Arbitrary<PlannedMessage> messages(Arbitrary<Integer> failures) {
        Arbitrary<String> payloads = Arbitraries.strings().all().ofMaxLength(40);
        Arbitrary<Integer> maxRetries = Arbitraries.integers().between(0, 3);
        return Combinators.combine(payloads, headers(), maxRetries, failures, Arbitraries.of(Mishap.class))
                .as((payload, headers, retries, fails, mishap) ->
                        new PlannedMessage("", payload, headers, retries, fails, mishap));
    }

    private static Arbitrary<Map<String, String>> headers() {
        Arbitrary<String> keys =
                Arbitraries.strings().withChars("abcXYZ-_.äλ漢").ofMinLength(1).ofMaxLength(10);
        Arbitrary<String> values =
                Arbitraries.strings().withChars("abc \"{}\\=,äλ漢\n").ofMaxLength(20);
        return Arbitraries.maps(keys, values).ofMaxSize(3);
    }

    private static Arbitrary<List<PlannedConsumer>> staying(int most) {
        Arbitrary<PlannedConsumer> later = Combinators.combine(
                        Arbitraries.integers().between(0, 5), busy())
                .as((joins, micros) -> new PlannedConsumer(joins, PlannedConsumer.NEVER, micros));
        return withFirst(later.list().ofMaxSize(most - 1));
    }

    private static Arbitrary<List<PlannedConsumer>> leaving() {
        Arbitrary<PlannedConsumer> later = Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(1, 15),
                        busy())
                .as((joins, stays, micros) -> new PlannedConsumer(joins, joins + stays, micros));
        return withFirst(later.list().ofMinSize(1).ofMaxSize(MOST_CONSUMERS - 1));
    }

    private static Arbitrary<List<PlannedConsumer>> withFirst(Arbitrary<List<PlannedConsumer>> others) {
        return Combinators.combine(busy(), others).as((micros, rest) -> {
            List<PlannedConsumer> all = new ArrayList<>();
            all.add(new PlannedConsumer(0, PlannedConsumer.NEVER, micros));
            all.addAll(rest);
            return List.copyOf(all);
        });
    }

    private static Arbitrary<Integer> busy() {
        return Arbitraries.of(0, 0, 50, 500);
    }

    private static Arbitrary<Backoff> backoffs() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(1.0, 1.5, 2.0, 10.0),
                        Arbitraries.of(0.0, 0.5, 1.0))
                .as((initial, multiplier, jitter) -> new Backoff(
                        Duration.ofMillis(initial), multiplier, Duration.ofMillis(Math.max(initial, 6)), jitter));
    }
}
