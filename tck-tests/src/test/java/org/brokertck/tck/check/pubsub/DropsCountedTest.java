package org.brokertck.tck.check.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.history.pubsub.PublishCall;
import org.brokertck.tck.history.pubsub.SubscriptionSpan;
import org.brokertck.tck.history.pubsub.Take;
import org.junit.jupiter.api.Test;

class DropsCountedTest {
    /** Published while subscribe was under way, and afterwards. */
    private static final PublishCall OVERLAPPING = published("overlapping", 5);

    private static final PublishCall LATER = published("later", 20);

    @Test
    void allIsAccountedForWhenAllThatIsDueWasTaken() {
        assertThat(accountsForAll(0, "later")).isTrue();
        assertThat(accountsForAll(0, "overlapping", "later")).isTrue();
    }

    /** A driver that stopped here never saw what was still on its way, and called it lost. */
    @Test
    void whatNeedNotArriveStandsForNothingThatMust() {
        assertThat(accountsForAll(0, "overlapping")).isFalse();
    }

    @Test
    void aDropStandsForWhatMustArriveOnceWhatNeedNotHasCome() {
        assertThat(accountsForAll(1)).isFalse();
        assertThat(accountsForAll(1, "overlapping")).isTrue();
        assertThat(accountsForAll(2)).isTrue();
    }

    private static boolean accountsForAll(long dropped, String... taken) {
        SubscriptionSpan span = new SubscriptionSpan("s", "#", 0, 10, dropped, 0, Optional.empty(), false);
        List<Take> takes =
                Stream.of(taken).map(it -> new Take("s", message(it), 30, 31)).toList();
        PubSubHistory history = new PubSubHistory(
                PubSubConfig.defaults(), List.of(OVERLAPPING, LATER), List.of(span), List.of(), takes, List.of());
        return DropsCounted.accountsForAll(history, "s");
    }

    private static PublishCall published(String id, long invoked) {
        return new PublishCall("p", "topic", message(id), invoked, invoked + 10, Outcome.OK, "");
    }

    private static Message message(String id) {
        return Message.builder().id(id).build();
    }
}
