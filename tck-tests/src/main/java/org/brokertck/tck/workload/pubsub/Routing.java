package org.brokertck.tck.workload.pubsub;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import org.brokertck.tck.workload.Shrinking;

/**
 * Some patterns and some topics, of which each is published to once.
 *
 * @param patterns what is subscribed to
 * @param topics what is published to
 */
public record Routing(List<String> patterns, List<String> topics) {
    /** Few words, so that many match; long, with several wildcards. */
    public static final class FewWords implements ArbitrarySupplier<Routing> {
        @Override
        public Arbitrary<Routing> get() {
            Arbitrary<List<String>> patterns = Topics.patterns(Topics.fewWords(), 8)
                    .list()
                    .uniqueElements()
                    .ofMinSize(1)
                    .ofMaxSize(10);
            Arbitrary<List<String>> topics =
                    Topics.topics(Topics.fewWords(), 8).list().ofMinSize(1).ofMaxSize(10);
            return Shrinking.bounded(Combinators.combine(patterns, topics, Arbitraries.longs())
                    .as((p, t, seed) -> new Routing(p, withLikely(p, t, new Random(seed)))));
        }
    }

    /**
     * Words of any characters; the topics are made from the patterns, so that many match, and almost match. They are not shrunk:
     * of words without a meaning the smaller ones tell no more.
     */
    public static final class AnyWords implements ArbitrarySupplier<Routing> {
        private static final int MOST_WORDS = 40;

        @Override
        public Arbitrary<Routing> get() {
            return Shrinking.bounded(Arbitraries.randomValue(AnyWords::routing));
        }

        private static Routing routing(Random random) {
            List<String> topics = texts(random, false);
            List<String> patterns = texts(random, true).stream().distinct().toList();
            return new Routing(patterns, Routing.withLikely(patterns, topics, random));
        }

        private static List<String> texts(Random random, boolean wildcards) {
            return Stream.generate(() -> Stream.generate(() -> word(random, wildcards))
                            .limit(1 + random.nextInt(MOST_WORDS))
                            .toList())
                    .limit(1 + random.nextInt(10))
                    .map(Topics::joined)
                    .toList();
        }

        private static String word(Random random, boolean wildcards) {
            int kind = random.nextInt(9);
            return !wildcards || kind < 5 ? Topics.anyWord(random) : kind < 7 ? "*" : "#";
        }
    }

    private static List<String> withLikely(List<String> patterns, List<String> topics, Random random) {
        Set<String> all = new LinkedHashSet<>(topics);
        for (String pattern : patterns) {
            all.add(likely(pattern, topics, random));
            all.add(likely(pattern, topics, random));
        }
        return List.copyOf(all);
    }

    /** A topic that the pattern matches, or would but for one word. */
    private static String likely(String pattern, List<String> topics, Random random) {
        List<String> some = words(topics.get(random.nextInt(topics.size())));
        List<String> words = new ArrayList<>();
        for (String word : words(pattern)) {
            if (word.equals("*")) {
                words.add(some.get(0));
            } else if (word.equals("#")) {
                words.addAll(some.subList(0, random.nextInt(Math.min(3, some.size() + 1))));
            } else {
                words.add(word);
            }
        }
        int change = random.nextInt(4);
        if (words.isEmpty() || change == 0) {
            words.add(random.nextInt(words.size() + 1), some.get(some.size() - 1));
        } else if (change == 1 && words.size() > 1) {
            words.remove(random.nextInt(words.size()));
        }
        return Topics.joined(words);
    }

    private static List<String> words(String text) {
        return List.of(text.split("\\.", -1));
    }

    @Override
    public String toString() {
        return "\n    patterns: " + patterns + "\n    topics: " + topics;
    }
}
