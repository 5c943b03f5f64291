package org.brokertck.reference.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes come with the first subscriber that needs them, and go with the last. */
class TopicNodeTest {
    @Test
    void nothingStaysOfThoseWhoLeft() {
        for (String text : List.of("a.b.c", "*.a", "#.a", "a.*.b", "a.#", "#")) {
            Word[] pattern = Word.split(text);
            TopicNode<String> node = TopicNode.<String>empty().with(pattern, 0, "s");
            assertThat(isBare(node)).isFalse();

            assertThat(isBare(node.without(pattern, 0, "s"))).as(text).isTrue();
        }
    }

    @Test
    void whatOthersNeedStays() {
        Word[] shorter = Word.split("a.*");
        Word[] longer = Word.split("a.*.c");
        TopicNode<String> both = TopicNode.<String>empty().with(shorter, 0, "s").with(longer, 0, "l");

        assertThat(isBare(both.without(longer, 0, "l"))).isFalse();
        assertThat(isBare(both.without(longer, 0, "l").without(shorter, 0, "s")))
                .isTrue();
        assertThat(isBare(both.without(shorter, 0, "s").without(longer, 0, "l")))
                .isTrue();
    }

    private static boolean isBare(TopicNode<String> node) {
        return node.oneWord() == null
                && node.anyWords() == null
                && node.words().isEmpty()
                && node.subscribers().isEmpty();
    }
}
