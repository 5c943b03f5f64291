package org.brokertck.tck.faulty.pubsub;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pubsub.plain.Opening;
import org.brokertck.tck.faulty.pubsub.plain.PlainPubSub;
import org.brokertck.tck.faulty.pubsub.plain.PlainSubscription;

/** Faults in which topics a pattern matches. */
final class RoutingFaults {
    private static final String WRONGLY = "its pattern does not match that";
    private static final String MISSING = "did not receive";

    private RoutingFaults() {}

    static List<Fault> all() {
        return List.of(
                PubSubFault.matching(
                        "StarTakesTheRest",
                        "P-2",
                        WRONGLY,
                        "Takes * for any characters, separators included.",
                        (pattern, topic) -> topic.matches(regex(pattern, ".+", "#")) || right(pattern, topic)),
                PubSubFault.matching(
                        "StarTakesNoWord",
                        "P-2",
                        WRONGLY,
                        "Lets * at the end stand for no word as well.",
                        (pattern, topic) -> right(pattern, topic)
                                || (pattern.endsWith(".*")
                                        && right(pattern.substring(0, pattern.length() - 2), topic))),
                PubSubFault.matching(
                        "OnlyOneStar",
                        "P-2",
                        MISSING,
                        "Looks for the first * only, and takes the second one for a word.",
                        (pattern, topic) -> pattern.indexOf('*') == pattern.lastIndexOf('*')
                                ? right(pattern, topic)
                                : Arrays.asList(topic.split("\\.", -1)).contains("*")),
                PubSubFault.matching(
                        "HashNeedsAWord",
                        "P-3",
                        MISSING,
                        "Lets # stand for one or more words.",
                        (pattern, topic) -> topic.matches(regex(pattern, "[^.]+", "[^.]+(?:\\.[^.]+)*"))),
                PubSubFault.matching(
                        "HashOnlyAtTheEnd",
                        "P-3",
                        MISSING,
                        "Knows # at the end of a pattern only, and takes it for a * elsewhere.",
                        (pattern, topic) -> {
                            String last = pattern.equals("#") || pattern.endsWith(".#") ? "#" : "";
                            String rest = pattern.substring(0, pattern.length() - last.length());
                            return right(rest.replace("#", "*") + last, topic);
                        }),
                PubSubFault.matching(
                        "HashTakesNoMoreThanThreeWords",
                        "P-3",
                        MISSING,
                        "Tries # for up to three words.",
                        (pattern, topic) ->
                                expansions(List.of(pattern)).stream().anyMatch(it -> right(it, topic))),
                PubSubFault.matching(
                        "DotIsAnyCharacter",
                        "P-4",
                        WRONGLY,
                        "Makes a regular expression of the pattern and forgets to escape the dots.",
                        (pattern, topic) -> right(pattern, topic) || topic.matches(withOpenDots(pattern))),
                PubSubFault.matching(
                                "TopicsByTheirBeginning",
                                "P-4",
                                WRONGLY,
                                "Matches every topic that begins with an exact subscription's.",
                                (pattern, topic) -> right(pattern, topic) || topic.startsWith(pattern))
                        .and("P-1", WRONGLY),
                PubSubFault.matching(
                        "IgnoresCase",
                        "P-4",
                        WRONGLY,
                        "Compares words without their case.",
                        (pattern, topic) -> right(pattern.toLowerCase(Locale.ROOT), topic.toLowerCase(Locale.ROOT))),
                PubSubFault.matching(
                        "NormalizesItsWords",
                        "P-4",
                        WRONGLY,
                        "Compares words in their composed form.",
                        (pattern, topic) -> right(composed(pattern), composed(topic))),
                PubSubFault.matching(
                        "WordsAreLettersAndDigits",
                        "P-4",
                        MISSING,
                        "Cuts everything from its words but letters and digits of ASCII, and finds nothing left of some.",
                        (pattern, topic) -> right(pattern, topic) && topic.matches("[\\w. -]+")),
                PubSubFault.plain(
                        "HalfAWordMayBeOpen",
                        "P-4",
                        "was accepted",
                        "Takes a pattern with a * at the end of a word.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void checkPattern(String pattern) {
                                super.checkPattern(
                                        pattern.endsWith("*")
                                                ? pattern.substring(0, pattern.length() - 1) + "x"
                                                : pattern);
                            }

                            @Override
                            protected boolean matches(String pattern, String topic) {
                                return !pattern.matches(".*[^.]\\*") && super.matches(pattern, topic);
                            }
                        }),
                PubSubFault.matching(
                        "HashNeverTurnsBack",
                        "P-5",
                        MISSING,
                        "Ends a # at the first word that the pattern goes on with, and never looks for a later one.",
                        (pattern, topic) -> withoutTurningBack(words(pattern), words(topic))),
                PubSubFault.matching(
                        "LongPatternsAreCut",
                        "P-5",
                        "did not receive|does not match",
                        "Looks at the first ten words of a topic and a pattern.",
                        (pattern, topic) -> right(cut(pattern), cut(topic))),
                PubSubFault.plain(
                        "EveryWayIsAMatch",
                        "P-6",
                        "received .* twice",
                        "Walks all ways in which a pattern matches, and delivers with each.",
                        EveryWay::new),
                PubSubFault.plain(
                        "TheSameTextIsTheSameSubscription",
                        "P-6",
                        MISSING,
                        "Keeps its subscriptions by their text, so that the second takes the place of the first.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void add(PlainSubscription subscription) {
                                subscriptions.removeIf(other -> other.pattern().equals(subscription.pattern()));
                                super.add(subscription);
                            }
                        }),
                PubSubFault.plain(
                        "LinearScan",
                        "P-16",
                        "times as much",
                        "Asks every subscription about every message.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected List<PlainSubscription> hearing(String topic) {
                                return subscriptions.stream()
                                        .filter(subscription -> matches(subscription.pattern(), topic))
                                        .toList();
                            }
                        }));
    }

    private static boolean right(String pattern, String topic) {
        return !pattern.isEmpty() && TopicPattern.of(pattern).matches(topic);
    }

    private static String regex(String pattern, String star, String hash) {
        return words(pattern).stream()
                .map(it -> it.equals("*") ? star : it.equals("#") ? hash : Pattern.quote(it))
                .collect(Collectors.joining("\\."));
    }

    private static String withOpenDots(String pattern) {
        return words(pattern).stream()
                .map(it -> it.equals("*") ? "[^.]+" : it.equals("#") ? "#" : Pattern.quote(it))
                .collect(Collectors.joining("."));
    }

    private static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static String cut(String text) {
        return words(text).stream().limit(10).collect(Collectors.joining("."));
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split("\\.", -1));
    }

    /** The patterns with none to three stars in the place of each hash. */
    private static List<String> expansions(List<String> patterns) {
        if (patterns.stream().noneMatch(it -> words(it).contains("#"))) {
            return patterns;
        }
        List<String> expanded = new ArrayList<>();
        for (String pattern : patterns) {
            List<String> words = words(pattern);
            int hash = words.indexOf("#");
            for (int stars = 0; stars <= 3 && hash >= 0; stars++) {
                List<String> copy = new ArrayList<>(words.subList(0, hash));
                copy.addAll(java.util.Collections.nCopies(stars, "*"));
                copy.addAll(words.subList(hash + 1, words.size()));
                expanded.add(String.join(".", copy));
            }
            if (hash < 0) {
                expanded.add(pattern);
            }
        }
        return expansions(expanded);
    }

    private static boolean withoutTurningBack(List<String> pattern, List<String> topic) {
        int t = 0;
        for (int p = 0; p < pattern.size(); p++) {
            String word = pattern.get(p);
            if (word.equals("#")) {
                String next = p + 1 < pattern.size() ? pattern.get(p + 1) : "#";
                if (next.equals("#") && p + 1 == pattern.size()) {
                    return true;
                }
                while (t < topic.size() && !next.equals("*") && !next.equals("#") && !next.equals(topic.get(t))) {
                    t++;
                }
            } else if (t < topic.size() && (word.equals("*") || word.equals(topic.get(t)))) {
                t++;
            } else {
                return false;
            }
        }
        return t == topic.size();
    }

    /** Delivers once for each way. */
    private static final class EveryWay extends PlainPubSub {
        EveryWay(Opening opening) {
            super(opening);
        }

        @Override
        protected List<PlainSubscription> hearing(String topic) {
            List<PlainSubscription> all = new ArrayList<>();
            for (PlainSubscription subscription : subscriptions) {
                int ways = Math.min(2, ways(words(subscription.pattern()), words(topic)));
                all.addAll(java.util.Collections.nCopies(ways, subscription));
            }
            return all;
        }

        private static int ways(List<String> pattern, List<String> topic) {
            if (pattern.isEmpty()) {
                return topic.isEmpty() ? 1 : 0;
            }
            List<String> rest = pattern.subList(1, pattern.size());
            String word = pattern.get(0);
            if (word.equals("#")) {
                int ways = 0;
                for (int taken = 0; taken <= topic.size() && ways < 2; taken++) {
                    ways += ways(rest, topic.subList(taken, topic.size()));
                }
                return ways;
            }
            boolean fits = !topic.isEmpty() && (word.equals("*") || word.equals(topic.get(0)));
            return fits ? ways(rest, topic.subList(1, topic.size())) : 0;
        }
    }
}
