package org.brokertck.api.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns match what a regular expression made from them matches, and what is none is refused with the reason. */
class TopicPatternTest {
    private static final String LONGEST_TOPIC = "a".repeat(TopicPattern.LONGEST);

    @ParameterizedTest
    @CsvSource({
        "user.created, user.created, true",
        "user.created, user.Created, false",
        "user.created, user.created.now, false",
        "user.*, user.created, true",
        "user.*, user, false",
        "user.*, user.a.b, false",
        "*, user, true",
        "*.*, user, false",
        "'#', user, true",
        "'#', a.b.c, true",
        "order.#, order, true",
        "order.#, order.created, true",
        "order.#, order.payment.processed, true",
        "order.#, orders, false",
        "#.paid, paid, true",
        "#.paid, order.a.paid, true",
        "#.paid, order.paid.twice, false",
        "a.#.z, a.z, true",
        "a.#.z, a.b.c.z, true",
        "a.#.z, a, false",
        "#.#, a, true",
        "#.*.#, a, true",
        "*.#.*, a, false",
        "#.a.#.a.#, a, false",
        "#.a.#.a.#, b.a.a.b, true",
        "a+b.c, a+b.c, true",
        "a.b, aXb, false",
    })
    void matchesWholeWords(String pattern, String topic, boolean matches) {
        assertThat(TopicPattern.of(pattern).matches(topic)).isEqualTo(matches);
    }

    @Test
    void matchesAsItsRegularExpressionDoesOverAllSmallPatternsAndTopics() {
        List<List<String>> topics = sequences(List.of("a", "b"), 5);
        for (List<String> words : sequences(List.of("a", "b", "*", "#"), 4)) {
            sameAsRegex(words, topics);
        }
    }

    @Test
    void matchesAsItsRegularExpressionDoesOverRandomLargeOnes() {
        Random random = new Random(7);
        List<String> topicWords = List.of("a", "A", "ab", "é", "日本", "😀", "\\E", "$", "a b", "\n");
        List<String> patternWords = new ArrayList<>(topicWords.subList(0, 6));
        patternWords.addAll(List.of("*", "#", "*", "#"));
        for (int i = 0; i < 300; i++) {
            List<List<String>> topics = IntStream.range(0, 50)
                    .mapToObj(it -> randomWords(random, topicWords, 12))
                    .toList();
            sameAsRegex(randomWords(random, patternWords, 10), topics);
        }
    }

    private static void sameAsRegex(List<String> words, List<List<String>> topics) {
        TopicPattern pattern = TopicPattern.of(String.join(".", words));
        // Each word of the topic with a dot behind it, so that no word is special.
        Pattern regex = Pattern.compile(
                words.stream().map(TopicPatternTest::asRegex).collect(Collectors.joining()), Pattern.DOTALL);
        assertThat(topics)
                .allMatch(
                        topic -> {
                            String joined = String.join(".", topic);
                            boolean expected = regex.matcher(joined + ".").matches();
                            return pattern.matches(joined) == expected && pattern.matches(topic) == expected;
                        },
                        "matched by " + pattern + " as by " + regex);
    }

    private static String asRegex(String word) {
        return switch (word) {
            case "*" -> "[^.]+\\.";
            case "#" -> "(?:[^.]+\\.)*";
            default -> Pattern.quote(word) + "\\.";
        };
    }

    /** All sequences of one to {@code most} of these. */
    private static List<List<String>> sequences(List<String> of, int most) {
        List<List<String>> all = new ArrayList<>();
        List<List<String>> longest = List.of(List.of());
        for (int i = 0; i < most; i++) {
            longest = longest.stream()
                    .flatMap(shorter -> of.stream().map(word -> {
                        List<String> longer = new ArrayList<>(shorter);
                        longer.add(word);
                        return longer;
                    }))
                    .map(List::copyOf)
                    .toList();
            all.addAll(longest);
        }
        return all;
    }

    private static List<String> randomWords(Random random, List<String> of, int most) {
        return IntStream.rangeClosed(0, random.nextInt(most))
                .mapToObj(it -> of.get(random.nextInt(of.size())))
                .toList();
    }

    @Test
    void aHundredHashesTakeNoLongerThanTheirProduct() {
        String pattern = "#.a.".repeat(63) + "b";
        String topic = "a.".repeat(127) + "a";

        assertThat(TopicPattern.of(pattern).matches(topic)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b", "日本.😀", " . ", "A.a", "-", "a.\n", "\\", "a.+"})
    void aTopicIsWordsOfAnything(String topic) {
        assertThat(TopicPattern.requireTopic(topic)).isSameAs(topic);
        assertThat(TopicPattern.of(topic).isTopic()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "..", "...", "a.b."})
    void noWordIsEmpty(String text) {
        refused(text, "it must consist of words separated by single dots, none of them empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicPattern.requireTopic(text))
                .withMessage("topic is '" + text
                        + "': it must consist of words separated by single dots, none of them empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user.creat*", "*a", "a.#b", "**", "##", "*#", "a.b*c.d"})
    void wildcardsStandAlone(String pattern) {
        refused(pattern, "* and # may stand there only as whole words");
    }

    private static void refused(String pattern, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicPattern.of(pattern))
                .withMessage("pattern is '" + pattern + "': " + why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "#", "a.*", "#.a", "user.creat*", "a#"})
    void aTopicHasNoWildcards(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicPattern.requireTopic(text))
                .withMessage("topic is '" + text + "': * and # may stand there only in patterns");
    }

    @Test
    void whatIsATopicIsDecidedByItsWordsAlone() {
        Pattern topics = Pattern.compile("[aé]+(\\.[aé]+)*");
        Pattern patterns = Pattern.compile("([aé]+|[*]|#)(\\.([aé]+|[*]|#))*");
        assertThat(sequences(List.of("a", ".", "*", "#", "é"), 5).stream().map(it -> String.join("", it)))
                .allMatch(it -> accepts(() -> TopicPattern.requireTopic(it))
                        == topics.matcher(it).matches())
                .allMatch(it -> accepts(() -> TopicPattern.of(it))
                        == patterns.matcher(it).matches());
    }

    private static boolean accepts(Runnable check) {
        try {
            check.run();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void theLengthCountsInBytesOfUtf8() {
        fits(LONGEST_TOPIC);
        fits("é".repeat(127) + "a");
        fits("日".repeat(85));
        fits("😀".repeat(63) + "abc");
        tooLong(LONGEST_TOPIC + "a", 256);
        tooLong("é".repeat(128), 256);
        tooLong("日".repeat(85) + "a", 256);
        tooLong("😀".repeat(64), 256);
        tooLong("a.".repeat(200) + "a", 401);
    }

    private static void fits(String topic) {
        assertThat(TopicPattern.requireTopic(topic)).isEqualTo(topic);
        assertThat(TopicPattern.of(topic).matches(topic)).isTrue();
    }

    private static void tooLong(String topic, int bytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicPattern.requireTopic(topic))
                .withMessage("topic is " + bytes + " bytes long: 255 is the most, counted in UTF-8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicPattern.of(topic))
                .withMessage("pattern is " + bytes + " bytes long: 255 is the most, counted in UTF-8");
    }

    @Test
    void isAValueOfItsText() {
        TopicPattern pattern = TopicPattern.of("a.*.#");

        assertThat(pattern)
                .isEqualTo(TopicPattern.of("a.*.#"))
                .hasSameHashCodeAs(TopicPattern.of("a.*.#"))
                .isNotEqualTo(TopicPattern.of("a.#.*"))
                .hasToString("a.*.#");
        assertThat(pattern.text()).isEqualTo("a.*.#");
        assertThat(pattern.words()).containsExactly("a", "*", "#").isUnmodifiable();
        assertThat(pattern.isTopic()).isFalse();
    }

    @Test
    @SuppressWarnings("NullAway") // What the compiler forbids is what is tested.
    void nullsAreRefusedByName() {
        assertThatNullPointerException().isThrownBy(() -> TopicPattern.of(null)).withMessage("pattern");
        assertThatNullPointerException()
                .isThrownBy(() -> TopicPattern.requireTopic(null))
                .withMessage("topic");
    }
}
