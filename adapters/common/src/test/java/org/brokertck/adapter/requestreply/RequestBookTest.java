package org.brokertck.adapter.requestreply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.NoResponderException;
import org.brokertck.api.requestreply.RequestReplyMetrics;
import org.brokertck.api.requestreply.ResponderFailedException;
import org.junit.jupiter.api.Test;

class RequestBookTest {
    private static final Message REPLY = Message.builder().topic("reply").build();

    private final RequestBook<Noted> book = new RequestBook<>("r");
    private final Replies<Noted> replies = new Replies<>(book);
    private final List<String> notes = new ArrayList<>();

    /** Notes what it is told. */
    private final class Noted extends PendingReply {
        private final Future<?> alarm = new CompletableFuture<>();

        Noted(long number) {
            super(number, "t", Duration.ofSeconds(1));
        }

        @Override
        protected void left() {
            notes.add("left " + ended().isDone() + " " + alarm.isCancelled());
        }

        @Override
        protected void givenUp() {
            notes.add("given up " + ended().isDone());
        }
    }

    private Noted entered(long number) {
        Noted request = new Noted(number);
        book.enter(request, () -> request.alarm);
        return request;
    }

    @Test
    void aRequestEndsOnceAndIsCountedOnce() {
        Noted request = entered(1);

        book.answer(request, REPLY);
        book.timedOut(request);
        book.unanswerable(request);

        assertThat(request.ended().join()).isEqualTo(REPLY);
        assertThat(book.find(1)).isNull();
        assertThat(book.metrics(3)).isEqualTo(new RequestReplyMetrics(1, 1, 0, 0, 0, 0, 3));
        assertThat(notes).containsExactly("left false true");
    }

    @Test
    void whatTheServerMayStillHaveIsGivenUpBeforeAnybodyLearns() {
        Noted request = entered(1);

        book.timedOut(request);

        assertThat(notes).containsExactly("left false true", "given up false");
        assertThatThrownBy(() -> replies.await(request)).isInstanceOf(OperationTimeoutException.class);
    }

    @Test
    void everyEndingHasItsCount() {
        book.answer(entered(1), REPLY);
        book.fail(entered(2), new ResponderFailedException("t", Failure.of(new IllegalStateException("no"))));
        book.timedOut(entered(3));
        book.unanswerable(entered(4));
        book.fail(entered(5), new BrokerUnavailableException("gone"));
        entered(6);

        assertThat(book.metrics(0)).isEqualTo(new RequestReplyMetrics(6, 1, 1, 1, 2, 1, 0));
        assertThat(book.pending()).extracting(Noted::number).containsExactly(6L);
    }

    @Test
    void closingEndsWhatIsPendingAndTakesInNothingMore() {
        Noted request = entered(1);

        book.close();

        assertThatThrownBy(() -> replies.await(request)).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> entered(2)).isInstanceOf(ClosedException.class);
        assertThat(book.isEmpty()).isTrue();
        assertThat(book.metrics(0)).isEqualTo(new RequestReplyMetrics(1, 0, 0, 0, 1, 0, 0));
    }

    @Test
    void anInterruptGivesTheRequestUp() {
        Noted request = entered(1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> replies.await(request)).isInstanceOf(OperationInterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(book.isEmpty()).isTrue();
    }

    @Test
    void aReplyThatCameBeforeTheInterruptCounts() {
        Noted request = entered(1);
        book.answer(request, REPLY);
        Thread.currentThread().interrupt();

        assertThat(replies.await(request)).isEqualTo(REPLY);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void endingTheFutureGivesTheRequestUp() {
        Noted request = entered(1);
        CompletableFuture<Message> future = replies.future(request);

        assertThat(future.cancel(true)).isTrue();

        assertThat(book.isEmpty()).isTrue();
        assertThat(notes).contains("given up false");
    }

    @Test
    void theFutureEndsAsTheRequestDoes() {
        Noted first = entered(1);
        Noted second = entered(2);
        CompletableFuture<Message> answered = replies.future(first);
        CompletableFuture<Message> deserted = replies.future(second);

        book.answer(first, REPLY);
        book.unanswerable(second);

        assertThat(answered).isCompletedWithValue(REPLY);
        assertThatThrownBy(deserted::join).hasCauseInstanceOf(NoResponderException.class);
    }
}
