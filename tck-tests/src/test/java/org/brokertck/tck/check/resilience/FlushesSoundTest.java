package org.brokertck.tck.check.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.check.resilience.FlushesSound.History;
import org.junit.jupiter.api.Test;

/** Good histories of flushes pass, and each kind of bad one is told. */
class FlushesSoundTest {
    private static final List<List<String>> ADDED = List.of(List.of("a", "b", "c"), List.of("x"));

    private static Flush ok(String... items) {
        return new Flush(List.of(items), true);
    }

    private static Flush failed(String... items) {
        return new Flush(List.of(items), false);
    }

    private static Verdict judge(List<Flush> flushes, String... unflushed) {
        return new FlushesSound().judge(new History(2, ADDED, flushes, List.of(unflushed)));
    }

    private static void broken(Verdict verdict, String finding) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class, it -> assertThat(it.finding()).contains(finding));
    }

    @Test
    void whatIsFlushedOnceInOrderIsSound() {
        assertThat(judge(List.of(ok("a", "x"), failed("b"), failed("b"), ok("b")), "c"))
                .isEqualTo(Verdict.valid());
    }

    @Test
    void everyKindOfFaultIsTold() {
        broken(judge(List.of(ok())), "holds nothing");
        broken(judge(List.of(ok("a", "b", "c"))), "3 items was flushed where 2");
        broken(judge(List.of(failed("a"), ok("a", "b"))), "the flush of [a] failed");
        broken(judge(List.of(ok("a", "z"))), "z was flushed");
        broken(judge(List.of(ok("a"), ok("a"))), "a was flushed twice");
        broken(judge(List.of(ok("a", "x")), "a"), "a was flushed twice");
        broken(judge(List.of(ok("a", "b"), ok("x"))), "c was added");
        broken(judge(List.of(ok("b", "a"), ok("c", "x"))), "flushed as [b, a, c]");
    }
}
