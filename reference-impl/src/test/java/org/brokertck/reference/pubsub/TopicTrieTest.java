package org.brokertck.reference.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.brokertck.api.pubsub.TopicPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The trie finds what the patterns match by their own definition, once each, at any time. */
@Timeout(60)
class TopicTrieTest {
    private static final List<String> WORDS = List.of("a", "b");
    private static final List<String> PATTERN_WORDS = List.of("a", "b", "*", "#");

    private static TopicTrie<String> trieOf(List<String> patterns) {
        TopicTrie<String> trie = TopicTrie.empty();
        for (String pattern : patterns) {
            trie = trie.with(TopicPattern.of(pattern), pattern);
        }
        return trie;
    }

    /** All that can be written with one to {@code most} of these words. */
    private static List<String> texts(List<String> words, int most) {
        List<String> all = new ArrayList<>(words);
        List<String> longest = words;
        for (int i = 1; i < most; i++) {
            longest = longest.stream()
                    .flatMap(text -> words.stream().map(word -> text + "." + word))
                    .toList();
            all.addAll(longest);
        }
        return all;
    }

    private static List<String> sorted(List<String> texts) {
        return texts.stream().sorted().toList();
    }

    private static List<String> matching(List<TopicPattern> patterns, String topic) {
        return patterns.stream()
                .filter(it -> it.matches(topic))
                .map(TopicPattern::text)
                .sorted()
                .toList();
    }

    private static void matchesAsDefined(List<String> texts, List<String> topics) {
        TopicTrie<String> trie = trieOf(texts);
        List<TopicPattern> patterns = texts.stream().map(TopicPattern::of).toList();
        assertThat(topics)
                .allSatisfy(topic -> assertThat(sorted(trie.match(topic))).isEqualTo(matching(patterns, topic)));
    }

    @Test
    void allSmallPatternsAtOnce() {
        matchesAsDefined(texts(PATTERN_WORDS, 4), texts(WORDS, 6));
    }

    @Test
    void eachSmallPatternAlone() {
        List<String> topics = texts(WORDS, 4);
        for (String pattern : texts(PATTERN_WORDS, 4)) {
            TopicTrie<String> trie = trieOf(List.of(pattern));
            TopicPattern oracle = TopicPattern.of(pattern);
            assertThat(topics)
                    .allMatch(
                            topic -> trie.match(topic).equals(oracle.matches(topic) ? List.of(pattern) : List.of()),
                            pattern);
        }
    }

    @Test
    void manyRandomPatternsThatComeAndGo() {
        Random random = new Random(5);
        List<String> words = List.of("a", "b", "ab", "日本", "Aa", "BB", "*", "#");
        TopicTrie<String> trie = TopicTrie.empty();
        List<TopicPattern> there = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            TopicPattern pattern = TopicPattern.of(text(random, words));
            if (there.remove(pattern)) {
                trie = trie.without(pattern, pattern.text());
            } else {
                there.add(pattern);
                trie = trie.with(pattern, pattern.text());
            }
            String topic = text(random, words.subList(0, 6));
            assertThat(sorted(trie.match(topic))).isEqualTo(matching(there, topic));
            assertThat(trie.size()).isEqualTo(there.size());
        }
        assertThat(sorted(trie.subscribers()))
                .isEqualTo(there.stream().map(TopicPattern::text).sorted().toList());
    }

    private static String text(Random random, List<String> words) {
        return String.join(
                ".",
                IntStream.rangeClosed(0, random.nextInt(5))
                        .mapToObj(it -> words.get(random.nextInt(words.size())))
                        .toList());
    }

    @Test
    void severalHashesUnderDifferentWordsAreDifferent() {
        matchesAsDefined(
                List.of("#.a.#.b", "#.b.#.b", "#.a.#.a.#", "#.b.*.#.a", "#.a.*.#.b.#"), texts(List.of("a", "b"), 6));
    }

    @Test
    void aChangeLeavesTheTrieThatItWasMadeFromAsItWas() {
        TopicTrie<String> before = trieOf(List.of("a.b", "a.*", "#"));
        TopicTrie<String> more = before.with(TopicPattern.of("a.#"), "a.#");
        TopicTrie<String> fewer = before.without(TopicPattern.of("a.*"), "a.*");

        assertThat(before.match("a.b")).containsExactlyInAnyOrder("a.b", "a.*", "#");
        assertThat(more.match("a.b")).containsExactlyInAnyOrder("a.b", "a.*", "#", "a.#");
        assertThat(fewer.match("a.b")).containsExactlyInAnyOrder("a.b", "#");
    }

    @Test
    void whatChangesNothingMakesNoNewTrie() {
        TopicTrie<String> trie = trieOf(List.of("a.b", "#.c"));

        assertThat(trie.with(TopicPattern.of("a.b"), "a.b")).isSameAs(trie);
        assertThat(trie.without(TopicPattern.of("a.b"), "other")).isSameAs(trie);
        assertThat(trie.without(TopicPattern.of("a.b.c"), "a.b")).isSameAs(trie);
        assertThat(trie.without(TopicPattern.of("a"), "a.b")).isSameAs(trie);
        assertThat(trie.size()).isEqualTo(2);
    }

    @Test
    void oneWhoSubscribesToSeveralPatternsIsFoundForEach() {
        TopicTrie<String> trie = TopicTrie.<String>empty()
                .with(TopicPattern.of("a.*"), "me")
                .with(TopicPattern.of("a.#"), "me")
                .with(TopicPattern.of("a.#"), "you");

        assertThat(trie.match("a.b")).containsExactlyInAnyOrder("me", "me", "you");
        assertThat(trie.without(TopicPattern.of("a.#"), "me").match("a.b")).containsExactlyInAnyOrder("me", "you");
    }

    @Test
    void subscribersAreFoundByTheirPattern() {
        TopicTrie<String> trie = trieOf(List.of("a.*", "a.b", "#.#", "#", "*.#.*", "*.*.#"));

        assertThat(trie.subscribers(TopicPattern.of("a.*"))).containsExactly("a.*");
        assertThat(trie.subscribers(TopicPattern.of("#"))).containsExactlyInAnyOrder("#", "#.#");
        assertThat(trie.subscribers(TopicPattern.of("#.*.*"))).containsExactlyInAnyOrder("*.#.*", "*.*.#");
        assertThat(trie.subscribers(TopicPattern.of("a"))).isEmpty();
        assertThat(trie.subscribers(TopicPattern.of("b.c"))).isEmpty();
    }

    @Test
    void hashesThatFitInEveryWayAreFollowedOnce() {
        TopicTrie<String> trie = TopicTrie.empty();
        for (int i = 1; i <= 63; i++) {
            trie = trie.with(TopicPattern.of("#.a.".repeat(i) + "z"), "never")
                    .with(TopicPattern.of("#.a.".repeat(i) + "#"), "always");
        }
        String topic = "a" + ".a".repeat(126);

        assertThat(trie.match(topic)).isEqualTo(Collections.nCopies(63, "always"));
    }
}
