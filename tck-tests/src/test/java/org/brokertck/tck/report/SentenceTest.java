package org.brokertck.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentenceTest {
    @Test
    void isCutBetweenWords() {
        assertThat(Sentence.beginning("one two, three four", 13)).isEqualTo("one two…");
    }

    @Test
    void isNotCutWhenItFits() {
        assertThat(Sentence.beginning("one two", 7)).isEqualTo("one two");
    }

    @Test
    void isNeverCutWithinCode() {
        assertThat(Sentence.beginning("set `a b c d` now", 10)).isEqualTo("set…");
    }

    @Test
    void isCutAnywhereWhenItIsOneWord() {
        assertThat(Sentence.beginning("abcdefgh", 4)).isEqualTo("abc…");
    }
}
