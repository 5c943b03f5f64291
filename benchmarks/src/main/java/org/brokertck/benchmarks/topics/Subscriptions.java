package org.brokertck.benchmarks.topics;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.brokertck.api.pubsub.TopicPattern;

/** Patterns and topics of four words, the same in every run. */
public enum Subscriptions {
    /** Each to a topic that nobody publishes to. */
    NOT_MATCHING {
        @Override
        String pattern(int number, Random random) {
            return "elsewhere.d%d.k%d.e%d".formatted(number % DEVICES, number / DEVICES % KINDS, number);
        }
    },
    /** Half are topics, a quarter have a {@code *} and a quarter a {@code #} at the end; a topic reaches some of each. */
    MIXED {
        @Override
        String pattern(int number, Random random) {
            List<String> words = TopicPattern.wordsOf(topic(random.nextInt(TOPICS)));
            return switch (number % 4) {
                case 0 -> words.get(0) + "." + words.get(1) + ".*." + words.get(3);
                case 1 -> words.get(0) + "." + words.get(1) + "." + words.get(2) + ".#";
                default -> String.join(".", words);
            };
        }
    };

    /** How many different topics there are. */
    static final int TOPICS = 100_000;

    private static final int REGIONS = 50;
    private static final int DEVICES = 20;
    private static final int KINDS = 20;
    private static final long SEED = 4_711;

    abstract String pattern(int number, Random random);

    /** So many patterns. */
    List<String> patterns(int count) {
        Random random = new Random(SEED);
        return IntStream.range(0, count).mapToObj(it -> pattern(it, random)).toList();
    }

    /** A topic, by its number from 0 to {@value #TOPICS} less one. */
    static String topic(int number) {
        int region = number % REGIONS;
        int device = number / REGIONS % DEVICES;
        int kind = number / REGIONS / DEVICES % KINDS;
        int event = number / REGIONS / DEVICES / KINDS;
        return "r" + region + ".d" + device + ".k" + kind + ".e" + event;
    }
}
