package org.brokertck.tck.workload.pubsub;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.brokertck.api.pubsub.OverflowPolicy;
import org.brokertck.tck.workload.Shrinking;
import org.brokertck.tck.workload.pubsub.PlannedSubscriber.Leaving;

/** The kinds of random workloads of publish/subscribe, for {@code @ForAll(supplier = …)}. */
public final class PubSubWorkloads {
    private static final int MOST_MESSAGES = 12;
    private static final int MOST_PUBLISHERS = 3;
    private static final int MOST_SUBSCRIBERS = 6;
    private static final int MOST_WORDS = 3;
    private static final int ROOMY = 10_000;

    private PubSubWorkloads() {}

    /** Several publishers; all subscribers are there from the beginning, and stay. */
    public static final class Calm implements ArbitrarySupplier<PubSubWorkload> {
        @Override
        public Arbitrary<PubSubWorkload> get() {
            return Shrinking.bounded(workloads(staying(), Arbitraries.just(ROOMY), never()));
        }
    }

    /** Subscribers come and go while messages are published. */
    public static final class ComingAndGoing implements ArbitrarySupplier<PubSubWorkload> {
        @Override
        public Arbitrary<PubSubWorkload> get() {
            return Shrinking.bounded(workloads(comingAndGoing(), Arbitraries.just(ROOMY), never()));
        }
    }

    /** Small buffers and slow subscribers. */
    public static final class Overflowing implements ArbitrarySupplier<PubSubWorkload> {
        @Override
        public Arbitrary<PubSubWorkload> get() {
            return Shrinking.bounded(workloads(staying(), Arbitraries.integers().between(1, 4), never()));
        }
    }

    /** The broker is closed while publishers and subscribers are busy. */
    public static final class Closing implements ArbitrarySupplier<PubSubWorkload> {
        @Override
        public Arbitrary<PubSubWorkload> get() {
            return Shrinking.bounded(workloads(
                    comingAndGoing(),
                    Arbitraries.just(ROOMY),
                    Arbitraries.integers().between(0, MOST_MESSAGES)));
        }
    }

    /** All of it at once. */
    public static final class Interleaving implements ArbitrarySupplier<PubSubWorkload> {
        @Override
        public Arbitrary<PubSubWorkload> get() {
            Arbitrary<Integer> capacities = Arbitraries.frequencyOf(
                    Tuple.of(3, Arbitraries.just(ROOMY)),
                    Tuple.of(1, Arbitraries.integers().between(1, 4)));
            Arbitrary<Integer> closings = Arbitraries.frequencyOf(
                    Tuple.of(3, never()), Tuple.of(1, Arbitraries.integers().between(0, MOST_MESSAGES)));
            return Shrinking.bounded(workloads(comingAndGoing(), capacities, closings));
        }
    }

    private static Arbitrary<Integer> never() {
        return Arbitraries.just(PlannedSubscriber.NEVER);
    }

    private static Arbitrary<PubSubWorkload> workloads(
            Arbitrary<PlannedSubscriber> subscribers, Arbitrary<Integer> capacities, Arbitrary<Integer> closings) {
        Arbitrary<List<List<PlannedPublish>>> publishers = publishes()
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_MESSAGES)
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_PUBLISHERS)
                .map(PubSubWorkloads::named);
        return Combinators.combine(
                        publishers,
                        subscribers.list().ofMinSize(1).ofMaxSize(MOST_SUBSCRIBERS),
                        capacities,
                        Arbitraries.of(OverflowPolicy.class),
                        closings)
                .as(PubSubWorkload::new);
    }

    /** Gives every message an id of its own that tells its place. */
    private static List<List<PlannedPublish>> named(List<List<PlannedPublish>> publishers) {
        List<List<PlannedPublish>> named = new ArrayList<>();
        for (int p = 0; p < publishers.size(); p++) {
            List<PlannedPublish> messages = new ArrayList<>();
            for (int i = 0; i < publishers.get(p).size(); i++) {
                PlannedPublish it = publishers.get(p).get(i);
                messages.add(new PlannedPublish("p" + p + "-m" + i, it.topic(), it.payload(), it.headers()));
            }
            named.add(List.copyOf(messages));
        }
        return List.copyOf(named);
    }

    private static Arbitrary<PlannedPublish> publishes() {
        Arbitrary<String> payloads = Arbitraries.strings().all().ofMaxLength(20);
        Arbitrary<String> keys =
                Arbitraries.strings().withChars("abcXYZ-_.äλ漢").ofMinLength(1).ofMaxLength(10);
        Arbitrary<String> values =
                Arbitraries.strings().withChars("abc \"{}\\=,äλ漢\n").ofMaxLength(20);
        return Combinators.combine(
                        Topics.topics(Topics.fewWords(), MOST_WORDS),
                        payloads,
                        Arbitraries.maps(keys, values).ofMaxSize(2))
                .as((topic, payload, headers) -> new PlannedPublish("", topic, payload, headers));
    }

    private static Arbitrary<String> patterns() {
        return Topics.patterns(Topics.fewWords(), MOST_WORDS);
    }

    private static Arbitrary<PlannedSubscriber> staying() {
        return Combinators.combine(patterns(), busy())
                .as((pattern, micros) ->
                        new PlannedSubscriber(pattern, 0, PlannedSubscriber.NEVER, Leaving.CLOSE, micros));
    }

    private static Arbitrary<PlannedSubscriber> comingAndGoing() {
        Arbitrary<Integer> joins = Arbitraries.integers().between(0, MOST_MESSAGES);
        Arbitrary<Integer> stays = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(PlannedSubscriber.NEVER)),
                Tuple.of(3, Arbitraries.integers().between(0, MOST_MESSAGES)));
        return Combinators.combine(patterns(), joins, stays, Arbitraries.of(Leaving.class), busy())
                .as((pattern, join, stay, leaving, micros) -> new PlannedSubscriber(
                        pattern, join, stay == PlannedSubscriber.NEVER ? stay : join + stay, leaving, micros));
    }

    private static Arbitrary<Integer> busy() {
        return Arbitraries.of(0, 0, 50, 500);
    }
}
