package org.brokertck.tck.faulty.pubsub;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.tck.faulty.Fault;

/** Faults in what is taken for a word. */
final class WordFaults {
    private static final String WRONGLY = "its pattern does not match that";
    private static final String MISSING = "did not receive";

    private WordFaults() {}

    static List<Fault> all() {
        return List.of(
                PubSubFault.matching(
                        "ComparesHashes",
                        "P-4",
                        WRONGLY,
                        "Compares the hashes of words, and believes that equal ones are of equal words.",
                        (pattern, topic) -> right(hashes(pattern), hashes(topic))),
                PubSubFault.matching(
                        "DollarIsForTheSystem",
                        "P-4",
                        MISSING,
                        "Keeps topics that begin with a dollar from wildcards, as MQTT does.",
                        (pattern, topic) ->
                                right(pattern, topic) && !(topic.startsWith("$") && isWild(pattern.charAt(0)))),
                PubSubFault.matching(
                                "HundredWordsAtMost",
                                "P-3",
                                MISSING,
                                "Has room for a hundred words of a topic.",
                                (pattern, topic) -> right(pattern, topic) && topic.split("\\.", -1).length <= 100)
                        .and("P-2", MISSING));
    }

    private static boolean right(String pattern, String topic) {
        return TopicPattern.of(pattern).matches(List.of(topic.split("\\.", -1)));
    }

    private static boolean isWild(char first) {
        return first == '*' || first == '#';
    }

    private static String hashes(String text) {
        return Arrays.stream(text.split("\\.", -1))
                .map(it -> it.equals("*") || it.equals("#") ? it : Integer.toHexString(it.hashCode()))
                .collect(Collectors.joining("."));
    }
}
