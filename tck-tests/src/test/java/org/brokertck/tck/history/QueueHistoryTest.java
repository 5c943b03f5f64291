package org.brokertck.tck.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.tck.history.Histories.attempt;
import static org.brokertck.tck.history.Histories.produce;

import org.junit.jupiter.api.Test;

/** A history puts its events in order and gathers them. */
class QueueHistoryTest {
    @Test
    void eventsAreSortedByTheirBeginnings() {
        QueueHistory history = Histories.history(
                produce("b").at(3, 4).ok(),
                produce("a").at(1, 9).ok(),
                attempt("c", "b").at(7, 8).succeeded(),
                attempt("c", "a").at(5, 6).succeeded());
        assertThat(history.produces()).extracting(ProduceCall::id).containsExactly("a", "b");
        assertThat(history.attempts()).extracting(Attempt::id).containsExactly("a", "b");
    }

    @Test
    void attemptsAtOneReadingOfTheClockAreSortedByTheirEndsAndRetries() {
        QueueHistory history = Histories.history(
                attempt("c", "a").retries(2).at(5, 6).succeeded(),
                attempt("c", "a").retries(1).at(5, 5).failed(),
                attempt("c", "a").retries(0).at(5, 5).failed());
        assertThat(history.attempts()).extracting(it -> it.message().retries()).containsExactly(0, 1, 2);
    }

    @Test
    void eventsAreGatheredByMessageAndConsumer() {
        QueueHistory history = Histories.history(
                produce("a").maxRetries(1).at(0, 1).ok(),
                produce("b").at(0, 1).unknown(),
                attempt("c1", "a").at(2, 3).failed(),
                attempt("c2", "b").at(4, 5).succeeded(),
                attempt("c2", "a").at(6, 7).succeeded());
        assertThat(history.attemptsById()).hasSize(2);
        assertThat(history.attemptsById().get("a")).hasSize(2);
        assertThat(history.attemptsByConsumer().get("c2"))
                .extracting(Attempt::id)
                .containsExactly("b", "a");
        assertThat(history.firstAttempts()).extracting(Attempt::started).containsExactly(2_000_000L, 4_000_000L);
        assertThat(history.producesById().get("b")).isEqualTo(history.produces().get(1));
    }

    @Test
    void onlyWhatReturnedIsCertain() {
        QueueHistory history = Histories.history(
                produce("ok").at(0, 1).ok(),
                produce("unknown").at(0, 1).unknown(),
                produce("pending").at(0, 1).pending(),
                produce("refused").at(0, 1).refused("full"));
        assertThat(history.produces())
                .extracting(ProduceCall::certainFrom)
                .containsExactly(1_000_000L, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
        assertThat(history.produces()).extracting(ProduceCall::mayBeVisible).containsExactly(true, true, true, false);
    }
}
