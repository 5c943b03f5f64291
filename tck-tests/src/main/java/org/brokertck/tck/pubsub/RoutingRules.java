package org.brokertck.tck.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.tck.check.pubsub.NothingMissing;
import org.brokertck.tck.check.pubsub.OnlyMatching;
import org.brokertck.tck.check.pubsub.ReceivedOnce;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.workload.pubsub.Routing;
import org.junit.jupiter.api.Test;

/** Which topics a pattern matches, judged by the kit's own matcher: exhaustively over small words, at random over large ones. */
public interface RoutingRules extends PubSubRules {
    @Test
    @Verifies("P-2")
    default void aStarMatchesExactlyOneWord() {
        route(
                "P-2",
                List.of("user.*", "*", "*.*", "*.created", "user.*.a", "*.*.a"),
                List.of("user", "user.created", "user.a.b", "user.b.a", "created", "order.created", "user.user.a"));
    }

    @Test
    @Verifies("P-2")
    default void everyPatternWithStarsMatchesAsItShould() {
        route("P-2", texts(List.of("a", "b", "*"), isRemote() ? 2 : 4), texts(List.of("a", "b"), isRemote() ? 3 : 5));
    }

    @Property
    @Verifies("P-2")
    default void starsAmongManyWordsMatchOneEach(
            @ForAll @IntRange(min = 1, max = 20) int words,
            @ForAll @IntRange(max = 19) int first,
            @ForAll @IntRange(max = 19) int second) {
        List<String> topic = IntStream.range(0, words).mapToObj(i -> "w" + i).toList();
        List<String> pattern = new ArrayList<>(topic);
        pattern.set(first % words, "*");
        pattern.set(second % words, "*");
        route("P-2", List.of(String.join(".", pattern)), neighbours(topic, first % words));
    }

    /** The topic, and those with one word more, one less and another one. */
    private static List<String> neighbours(List<String> topic, int place) {
        List<String> longer = new ArrayList<>(topic);
        longer.add(place, "more");
        List<String> other = new ArrayList<>(topic);
        other.set(place, "other");
        List<String> shorter = new ArrayList<>(topic);
        shorter.remove(place);
        List<List<String>> all =
                shorter.isEmpty() ? List.of(topic, longer, other) : List.of(topic, longer, other, shorter);
        return all.stream().map(it -> String.join(".", it)).toList();
    }

    @Test
    @Verifies("P-3")
    default void aHashMatchesAnyNumberOfWords() {
        route(
                "P-3",
                List.of("order.#", "#.order", "order.#.done", "#", "#.#", "order.#.#", "#.order.#"),
                List.of(
                        "order",
                        "order.created",
                        "order.payment.processed",
                        "my.order",
                        "my.very.own.order",
                        "order.done",
                        "order.a.done",
                        "order.a.b.done",
                        "order.done.done",
                        "orders",
                        "orders.created",
                        "done"));
    }

    @Test
    @Verifies("P-3")
    default void everyPatternWithHashesMatchesAsItShould() {
        route("P-3", texts(List.of("a", "b", "#"), isRemote() ? 2 : 4), texts(List.of("a", "b"), isRemote() ? 3 : 5));
    }

    @Property
    @Verifies("P-3")
    default void aHashStandsForAsManyWordsAsThereAre(
            @ForAll @IntRange(max = 5) int before,
            @ForAll @IntRange(max = 30) int between,
            @ForAll @IntRange(max = 5) int after) {
        String pattern = joined("a", before, "#", 1, "b", after);
        route(
                "P-3",
                List.of(pattern),
                List.of(
                        joined("a", before, "m", between, "b", after).isEmpty()
                                ? "m"
                                : joined("a", before, "m", between, "b", after),
                        joined("a", before + 1, "m", between, "b", after + 1),
                        joined("c", 1, "m", between, "b", after),
                        joined("a", before, "m", between, "c", 1)));
    }

    private static String joined(String first, int times, String second, int moreTimes, String third, int timesAgain) {
        List<String> words = new ArrayList<>();
        IntStream.range(0, times).forEach(i -> words.add(first));
        IntStream.range(0, moreTimes).forEach(i -> words.add(second));
        IntStream.range(0, timesAgain).forEach(i -> words.add(third));
        return String.join(".", words);
    }

    @Test
    @Verifies("P-4")
    default void wordsMatchAsAWholeAndByCase() {
        List<String> words = List.of(
                "user",
                "User",
                "USER",
                "users",
                "use",
                "us",
                "u",
                "user ",
                " user",
                "user-created",
                "user_created",
                "user/created",
                "user:created",
                "user>",
                "user?",
                "us[e]r",
                "us\\er",
                "us+er",
                "(user)",
                "^user$",
                "u{1}",
                "%",
                "user\u0000",
                "straße",
                "STRASSE",
                "é",
                "e\u0301",
                "ключ",
                "漢字",
                "🔑",
                "i",
                "I",
                "İ",
                "ı");
        List<String> patterns = new ArrayList<>(isRemote() ? words.subList(0, 16) : words);
        patterns.addAll(List.of("user.user", "user.*", "*.user"));
        List<String> topics = new ArrayList<>(words);
        topics.addAll(List.of("user.user", "User.user", "userXuser", "user.users", "users.user"));
        route("P-4", patterns, topics);
    }

    @Test
    @Verifies("P-4")
    default void aWildcardWithinAWordIsRefused() {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, "P-4")) {
            List<String> patterns = List.of(
                    "user.creat*",
                    "user.*ed",
                    "user.cr*ed",
                    "**",
                    "user.**",
                    "##",
                    "*#",
                    "#*",
                    "user#",
                    "#user",
                    "user.#created",
                    "user.created#.a",
                    "a.b*c.d");
            for (String pattern : patterns) {
                broker.refused(
                        IllegalArgumentException.class,
                        "subscribe to the pattern '" + pattern + "'",
                        () -> broker.unrecorded().subscribeWithPattern(pattern));
            }
        }
    }

    @Property
    @Verifies("P-4")
    default void wordsOfAnyCharactersMatchThemselves(@ForAll(supplier = Routing.AnyWords.class) Routing routing) {
        List<String> both = new ArrayList<>(routing.topics());
        routing.topics().forEach(it -> both.add(otherCase(it)));
        List<String> topics = both.stream().distinct().toList();
        route("P-4", topics.subList(0, Math.min(topics.size(), isRemote() ? 10 : 40)), topics);
    }

    private static String otherCase(String topic) {
        String upper = topic.toUpperCase(java.util.Locale.ROOT);
        return upper.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 255 ? topic : upper;
    }

    @Test
    @Verifies("P-5")
    default void everyShortPatternMatchesEveryShortTopicAsItShould() {
        if (isRemote()) {
            List<String> patterns = new ArrayList<>(texts(List.of("a", "*", "#"), 2));
            patterns.addAll(List.of("a.#.b", "#.a.#", "a.*.#", "*.#.a", "#.*.#", "*.*.#", "#.b.*"));
            route("P-5", patterns, texts(List.of("a", "b"), 3));
        } else {
            route("P-5", texts(List.of("a", "b", "*", "#"), 4), texts(List.of("a", "b"), 4));
        }
    }

    @Property
    @Verifies("P-5")
    default void randomPatternsMatchRandomTopicsAsTheyShould(
            @ForAll(supplier = Routing.FewWords.class) Routing routing) {
        route("P-5", routing.patterns(), routing.topics());
    }

    @Property
    @Verifies("P-5")
    default void longPatternsMatchLongTopicsAsTheyShould(@ForAll(supplier = Routing.AnyWords.class) Routing routing) {
        route("P-5", routing.patterns(), routing.topics());
    }

    /** All texts of these words, of one word up to so many. */
    private static List<String> texts(List<String> words, int most) {
        List<String> all = new ArrayList<>(words);
        List<String> last = words;
        for (int length = 2; length <= most; length++) {
            List<String> longer = new ArrayList<>();
            last.forEach(start -> words.forEach(word -> longer.add(start + "." + word)));
            all.addAll(longer);
            last = longer;
        }
        return all;
    }

    /** Subscribes to all patterns, publishes to each topic once, and compares who received what with the kit's matcher. */
    private void route(String rule, List<String> patterns, List<String> topics) {
        try (PubSubUnderTest broker = PubSubUnderTest.open(this, rule)) {
            broker.run(
                    "subscribe to " + patterns.size() + " patterns",
                    () -> patterns.forEach(it -> broker.recorded().subscribeWithPattern(it)));
            broker.onPublisher(
                    "publish to " + topics.size() + " topics",
                    () -> IntStream.range(0, topics.size())
                            .forEach(i -> broker.recorded()
                                    .publish(PubSubUnderTest.MAIN, topics.get(i), Messages.message("m-" + i))));
            broker.judgeDrained(new OnlyMatching().and(new NothingMissing()).and(new ReceivedOnce()));
        }
    }
}
