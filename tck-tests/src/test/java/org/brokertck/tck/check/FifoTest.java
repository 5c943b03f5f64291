package org.brokertck.tck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.brokertck.tck.check.Fifo.BadPattern;
import org.brokertck.tck.check.Fifo.Put;
import org.brokertck.tck.check.Fifo.Take;
import org.junit.jupiter.api.Test;

/** The bad patterns, one by one and against an exhaustive search. */
class FifoTest {
    private static final int HISTORIES = 3_000_000;

    private final List<Put> puts = new ArrayList<>();
    private final List<Take> takes = new ArrayList<>();
    private final List<Long> pendingTakes = new ArrayList<>();

    private FifoTest put(String value, long from, long to) {
        puts.add(new Put(value, from, to));
        return this;
    }

    private FifoTest uncertainPut(String value, long from) {
        return put(value, from, Fifo.NEVER);
    }

    private FifoTest take(String value, long from, long to) {
        takes.add(new Take(value, from, to));
        return this;
    }

    private FifoTest pendingTake(long from) {
        pendingTakes.add(from);
        return this;
    }

    private void isLinearizable() {
        assertThat(Fifo.badPattern(puts, takes, pendingTakes)).isEmpty();
        assertThat(FifoSearch.isLinearizable(puts, takes, pendingTakes)).isTrue();
    }

    private void isBad(String finding, String... values) {
        assertThat(Fifo.badPattern(puts, takes, pendingTakes)).contains(new BadPattern(finding, List.of(values)));
        assertThat(FifoSearch.isLinearizable(puts, takes, pendingTakes)).isFalse();
    }

    @Test
    void nothingHappened() {
        isLinearizable();
    }

    @Test
    void overlappingPutsAreTakenInEitherOrder() {
        put("a", 0, 2).put("b", 1, 3).take("b", 4, 5).take("a", 6, 7).isLinearizable();
    }

    @Test
    void putsThatTouchAreTakenInEitherOrder() {
        put("a", 0, 2).put("b", 2, 3).take("b", 4, 5).take("a", 6, 7).isLinearizable();
    }

    @Test
    void overlappingTakesEndInEitherOrder() {
        put("a", 0, 1).put("b", 2, 3).take("b", 4, 6).take("a", 6, 7).isLinearizable();
    }

    @Test
    void aValueIsOvertaken() {
        put("a", 0, 1)
                .put("b", 2, 3)
                .take("b", 4, 5)
                .take("a", 6, 7)
                .isBad("a was taken after b, which was put entirely later", "a", "b");
    }

    @Test
    void aValueIsPassedOver() {
        put("a", 0, 1)
                .put("b", 2, 3)
                .take("b", 4, 5)
                .isBad("a was not taken, unlike b, which was put entirely later", "a", "b");
    }

    @Test
    void aPendingTakeMayHoldThePassedOver() {
        put("a", 0, 1).put("b", 2, 3).take("b", 4, 5).pendingTake(5).isLinearizable();
    }

    @Test
    void aPendingTakeThatBeganTooLateExplainsNothing() {
        put("a", 0, 1)
                .put("b", 2, 3)
                .take("b", 4, 5)
                .pendingTake(6)
                .isBad("a was not taken, unlike b, which was put entirely later", "a", "b");
    }

    @Test
    void aPendingTakeHoldsOneValueOnly() {
        put("a", 0, 1)
                .put("b", 2, 3)
                .put("c", 4, 5)
                .take("c", 6, 7)
                .pendingTake(0)
                .isBad("b was not taken, unlike c, which was put entirely later", "b", "c");
    }

    @Test
    void twoPendingTakesHoldTwo() {
        put("a", 0, 1)
                .put("b", 2, 3)
                .put("c", 4, 5)
                .take("c", 6, 7)
                .pendingTake(0)
                .pendingTake(7)
                .isLinearizable();
    }

    @Test
    void pendingTakesGoToThoseThatAreMissedFirst() {
        put("a", 0, 1)
                .put("b", 2, 3)
                .take("b", 4, 5)
                .put("c", 6, 7)
                .put("d", 8, 9)
                .take("d", 10, 11)
                .pendingTake(9)
                .pendingTake(5)
                .isLinearizable();
    }

    @Test
    void pendingTakesNeedNotHoldAnything() {
        put("a", 0, 1).take("a", 2, 3).pendingTake(0).pendingTake(9).isLinearizable();
    }

    @Test
    void anUncertainPutNeedNotHaveHappened() {
        uncertainPut("a", 0).put("b", 2, 3).take("b", 4, 5).isLinearizable();
    }

    @Test
    void anUncertainPutMayHappenLate() {
        uncertainPut("a", 0).put("b", 2, 3).take("b", 4, 5).take("a", 6, 7).isLinearizable();
    }

    @Test
    void anUncertainPutThatWasTakenMustNotOvertake() {
        put("a", 0, 1)
                .uncertainPut("b", 2)
                .take("b", 4, 5)
                .take("a", 6, 7)
                .isBad("a was taken after b, which was put entirely later", "a", "b");
    }

    @Test
    void aValueIsTakenAndNeverPut() {
        take("x", 0, 1).isBad("x was taken and never put", "x");
    }

    @Test
    void aValueIsTakenTwice() {
        put("a", 0, 1).take("a", 2, 3).take("a", 2, 3).isBad("a was taken twice", "a");
    }

    @Test
    void aValueIsTakenBeforeItWasPut() {
        put("a", 2, 3).take("a", 0, 1).isBad("a was taken before it was put", "a");
    }

    @Test
    void aTakeMayEndAsThePutBegins() {
        put("a", 2, 3).take("a", 0, 2).isLinearizable();
    }

    @Test
    void aLongPutDoesNotHideAnOvertaking() {
        put("long", 0, 9)
                .put("a", 1, 2)
                .put("b", 3, 4)
                .take("b", 5, 5)
                .take("long", 6, 6)
                .take("a", 7, 7)
                .isBad("a was taken after b, which was put entirely later", "a", "b");
    }

    @Test
    void thePatternsAgreeWithAnExhaustiveSearch() {
        long seed = Seeds.seed();
        RandomFifoHistories histories = new RandomFifoHistories(new Random(seed));
        int linearizable = 0;
        int uncertain = 0;
        for (int i = 0; i < HISTORIES; i++) {
            FifoHistory history = histories.next();
            boolean expected = history.isValidBySearch();
            if (history.isValidByPatterns() != expected) {
                FifoHistory shrunk = history.shrunk(it -> it.isValidByPatterns() != it.isValidBySearch());
                fail("history %d of seed %d: linearizable by search: %s, by patterns: %s; shrunk: %s"
                        .formatted(i, seed, shrunk.isValidBySearch(), shrunk.isValidByPatterns(), shrunk));
            }
            linearizable += expected ? 1 : 0;
            uncertain += isUncertain(history) ? 1 : 0;
        }
        System.out.printf(
                "Fifo: %d histories, %d linearizable, %d with operations of unknown outcome%n",
                HISTORIES, linearizable, uncertain);
        assertThat(linearizable).isBetween(HISTORIES / 10, HISTORIES - HISTORIES / 10);
        assertThat(uncertain).isGreaterThan(HISTORIES / 4);
    }

    private static boolean isUncertain(FifoHistory history) {
        return !history.pendingTakes().isEmpty() || history.puts().stream().anyMatch(it -> !it.certain());
    }
}
