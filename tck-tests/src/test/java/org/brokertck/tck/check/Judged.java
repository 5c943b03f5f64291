package org.brokertck.tck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.ConsumerSpan;
import org.brokertck.tck.history.Histories;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.ProduceCall;
import org.brokertck.tck.history.QueueHistory;

/** The verdict of a check on a history written by hand. */
final class Judged {
    private final Verdict verdict;

    private Judged(Verdict verdict) {
        this.verdict = verdict;
    }

    static Judged by(Check<QueueHistory> check, Histories.Event... events) {
        return new Judged(check.judge(Histories.history(events)));
    }

    void valid() {
        assertThat(verdict).isInstanceOf(Verdict.Valid.class);
    }

    /** The reason must say this. */
    void inconclusive(String reason) {
        assertThat(verdict)
                .asInstanceOf(type(Verdict.Inconclusive.class))
                .extracting(Verdict.Inconclusive::reason)
                .asString()
                .contains(reason);
    }

    /** The finding must say this, and these events must show it: as {@link #word} tells them. */
    void invalid(String finding, String... witnesses) {
        assertThat(verdict).isInstanceOf(Verdict.Invalid.class);
        Verdict.Invalid invalid = (Verdict.Invalid) verdict;
        assertThat(invalid.finding()).contains(finding);
        List<String> shown = invalid.witnesses().stream().map(Judged::word).toList();
        assertThat(shown).containsExactly(witnesses);
    }

    private static String word(Moment moment) {
        if (moment instanceof ProduceCall call) {
            return "produce " + call.id();
        }
        if (moment instanceof ConsumerSpan span) {
            return "consumer " + span.consumer();
        }
        return moment instanceof Attempt attempt ? "attempt " + attempt.id() : "metrics";
    }
}
