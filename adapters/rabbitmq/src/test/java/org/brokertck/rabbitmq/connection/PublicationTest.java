package org.brokertck.rabbitmq.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.message.Message;
import org.brokertck.rabbitmq.connection.Publication.Outcome;
import org.junit.jupiter.api.Test;

class PublicationTest {
    private final AtomicInteger taken = new AtomicInteger();
    private final Publication publication =
            new Publication("q", MessageCodec.encode(Message.builder().build()), taken::incrementAndGet);

    @Test
    void whatIsWithdrawnIsNeverSent() {
        assertThat(publication.withdraw()).isTrue();
        assertThat(publication.send()).isFalse();
    }

    @Test
    void whatIsSentCannotBeWithdrawn() {
        assertThat(publication.send()).isTrue();
        assertThat(publication.withdraw()).isFalse();
    }

    @Test
    void whatNobodyWaitsForIsNotSentAgain() {
        publication.send();
        publication.withdraw();
        publication.unsend();

        assertThat(publication.waits()).isFalse();
        assertThat(publication.send()).isFalse();
    }

    @Test
    void aDeliveryBeforeTheConfirmIsCountedOnce() {
        publication.send();
        publication.taken();
        publication.confirmed();

        assertThat(taken).hasValue(1);
        assertThat(publication.outcome()).isCompletedWithValue(Outcome.CONFIRMED);
    }

    @Test
    void theConfirmOfAReturnedMessageIsNoConfirm() {
        publication.send();
        publication.returned();
        publication.confirmed();

        assertThat(taken).hasValue(0);
        assertThat(publication.outcome()).isCompletedWithValue(Outcome.UNROUTABLE);
    }

    @Test
    void aMessageWhoseConfirmWasLostCountsWhenItIsDelivered() {
        Ledger ledger = new Ledger();
        long number = ledger.enter(publication);
        ledger.lose(number);
        ledger.delivered(publication.message().properties());
        ledger.delivered(publication.message().properties());

        assertThat(taken).hasValue(1);
    }
}
