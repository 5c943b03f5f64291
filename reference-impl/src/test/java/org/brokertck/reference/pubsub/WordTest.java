package org.brokertck.reference.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import org.brokertck.api.pubsub.TopicPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A topic is split as its contract says, without a copy. */
class WordTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b", "order.payment.processed", "日本.😀.é", "a.a.a.a.a.a.a", " . "})
    void splitsAsPatternsDo(String topic) {
        assertThat(Word.split(topic)).extracting(Word::toString).isEqualTo(TopicPattern.wordsOf(topic));
    }

    @Test
    void wordsThatReadTheSameAreEqual() {
        Word[] words = Word.split("ab.b.ab.Aa.BB");

        assertThat(words[0])
                .isEqualTo(words[2])
                .hasSameHashCodeAs(words[2])
                .isEqualTo(Word.of("ab"))
                .isNotEqualTo(words[1])
                .isNotEqualTo("ab");
        assertThat(words[3]).hasSameHashCodeAs(words[4]).isNotEqualTo(words[4]);
    }
}
