package org.brokertck.tck.pubsub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.brokertck.tck.check.pubsub.NothingMissing;
import org.brokertck.tck.check.pubsub.OnlyMatching;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Words that implementations are tempted to treat in a way of their own. */
public interface WordRules extends PubSubRules {
    /** As many words as the longest topic of 255 bytes has. */
    int MOST_WORDS = 128;

    /** Java gives these one hash: who compares no more than that takes them for each other. */
    @Test
    @Verifies("P-4")
    default void differentWordsOfOneHashAreDifferent() {
        List<String> words = List.of("Aa", "BB", "AaAa", "AaBB", "BBAa", "BBBB");
        List<String> topics = new ArrayList<>(words);
        topics.addAll(List.of("user.Aa", "user.BB", "Aa.user", "BB.user"));
        List<String> patterns = new ArrayList<>(words);
        patterns.addAll(List.of("user.Aa", "*.BB", "Aa.#", "BB.*"));
        route("P-4", patterns, topics);
    }

    /** Other systems keep such topics from wildcards, or for themselves; here they are words like all others. */
    @Test
    @Verifies("P-4")
    default void wildcardsTakeWordsThatOtherSystemsReserve() {
        route(
                "P-4",
                List.of("#", "*", "*.*", "#.load", "*.load", "$SYS.#", "$SYS.load"),
                List.of(
                        "$SYS",
                        "$SYS.load",
                        "$SYS.broker.load",
                        "$share.load",
                        "_INBOX.1",
                        "__keyspace",
                        "/",
                        "//load"));
    }

    @Test
    @Verifies("P-3")
    default void aHashTakesAsManyWordsAsATopicCanHave() {
        route("P-3", List.of("#", "a.#", "#.a", "a.#.a", "#.#", "#.b.#"), longTopics());
    }

    @Test
    @Verifies("P-2")
    default void asManyStarsAsATopicCanHaveWordsMatchOneEach() {
        route("P-2", List.of(words("*", MOST_WORDS), words("*", MOST_WORDS - 1)), longTopics());
    }

    private static List<String> longTopics() {
        return Stream.of(MOST_WORDS, MOST_WORDS - 1, MOST_WORDS / 2 + 1)
                .map(it -> words("a", it))
                .toList();
    }

    private static String words(String word, int count) {
        return String.join(".", Collections.nCopies(count, word));
    }

    /** Publishes to each topic once, and compares who received what with the kit's own matcher. */
    private void route(String rule, List<String> patterns, List<String> topics) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, rule)) {
            patterns.forEach(broker::subscribeWithPattern);
            topics.forEach(it -> broker.publish(it, Messages.message("to-" + it)));
            broker.judgeDrained(new OnlyMatching().and(new NothingMissing()));
        }
    }
}
