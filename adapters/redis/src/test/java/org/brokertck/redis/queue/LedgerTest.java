package org.brokertck.redis.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Counters counters = new Counters();
    private final Ledger ledger = new Ledger("me", counters);

    @Test
    void countsOnceWhoeverSeesItFirst() {
        Ticket ticket = ledger.begin();
        ledger.seen(ticket.token());
        ledger.seen(ticket.token());
        ledger.taken(ticket);

        assertThat(counters.produced.sum()).isEqualTo(1);
    }

    @Test
    void aLaneIsReusedWithTheNextNumberButNotInDoubt() {
        Ticket first = ledger.begin();
        assertThat(ledger.begin().lane()).isNotEqualTo(first.lane());
        ledger.refused(first);
        Ticket second = ledger.begin();
        assertThat(second.lane()).isEqualTo(first.lane());
        assertThat(second.number()).isEqualTo(first.number() + 1);
        ledger.doubtful(second);
        assertThat(ledger.begin().lane()).isNotEqualTo(first.lane());
    }

    @Test
    void whatWasInDoubtCountsWhenItTurnsUp() {
        Ticket ticket = ledger.begin();
        ledger.doubtful(ticket);
        assertThat(counters.produced.sum()).isZero();
        ledger.seen(ticket.token());

        assertThat(counters.produced.sum()).isEqualTo(1);
    }
}
