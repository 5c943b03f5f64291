package org.brokertck.tck.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.brokertck.tck.history.Histories;
import org.brokertck.tck.history.QueueHistory;
import org.junit.jupiter.api.Test;

/** How verdicts combine: the first that is not valid counts. */
class VerdictTest {
    private static final Verdict BROKEN = Verdict.invalid("broken");
    private static final Verdict UNSURE = Verdict.inconclusive("unsure");

    private final QueueHistory history = Histories.history();

    private Verdict both(Verdict first, Verdict second) {
        Check<QueueHistory> one = it -> first;
        Check<QueueHistory> other = it -> second;
        return one.and(other).judge(history);
    }

    @Test
    void bothMustBeValid() {
        assertThat(both(Verdict.valid(), Verdict.valid())).isEqualTo(Verdict.valid());
        assertThat(both(Verdict.valid(), BROKEN)).isEqualTo(BROKEN);
        assertThat(both(Verdict.valid(), UNSURE)).isEqualTo(UNSURE);
    }

    @Test
    void theFirstFaultCounts() {
        assertThat(both(BROKEN, UNSURE)).isEqualTo(BROKEN);
        assertThat(both(UNSURE, BROKEN)).isEqualTo(UNSURE);
    }

    @Test
    void theSecondIsNotAskedInVain() {
        Check<QueueHistory> never = it -> {
            throw new AssertionError("asked in vain");
        };
        Check<QueueHistory> broken = it -> BROKEN;
        assertThat(broken.and(never).judge(history)).isEqualTo(BROKEN);
    }
}
