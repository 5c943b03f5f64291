package org.brokertck.tck.check.requestreply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.requestreply.Ending;
import org.brokertck.tck.history.requestreply.Handling;
import org.brokertck.tck.history.requestreply.RequestCall;
import org.brokertck.tck.history.requestreply.RequestReplyHistory;
import org.junit.jupiter.api.Test;

/** Each check finds what it must in histories written by hand, and nothing in one that keeps the rules. */
class RequestReplyChecksTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration TOLERANCE = Duration.ofMillis(100);
    private static final long MILLI = 1_000_000;

    private static final Handling FIRST = handled("r-1", "re-1", 1);
    private static final Handling SECOND = handled("r-2", "re-2", 2);

    private static Message message(String id) {
        return Message.builder().id(id).topic("price").timestamp(Instant.EPOCH).build();
    }

    private static Handling handled(String id, String reply, long atMillis) {
        return new Handling(
                "responder-1",
                "price",
                message(id),
                atMillis * MILLI,
                atMillis * MILLI + 1,
                Optional.of(message(reply)),
                Optional.empty());
    }

    private static Handling failed(String id, Failure failure) {
        return new Handling(
                "responder-1", "price", message(id), MILLI, 2 * MILLI, Optional.empty(), Optional.of(failure));
    }

    private static RequestCall replied(String id, String reply) {
        return call(id, 10, Ending.REPLIED, Optional.of(message(reply)), "");
    }

    private static RequestCall ended(String id, long tookMillis, Ending ending, String detail) {
        return call(id, tookMillis, ending, Optional.empty(), detail);
    }

    private static RequestCall call(String id, long tookMillis, Ending ending, Optional<Message> reply, String detail) {
        return new RequestCall("main", "price", message(id), TIMEOUT, 0, tookMillis * MILLI, ending, reply, detail);
    }

    private static String finding(
            Check<RequestReplyHistory> check, List<RequestCall> requests, List<Handling> handlings) {
        Verdict verdict = check.judge(new RequestReplyHistory(requests, handlings));
        return verdict instanceof Verdict.Invalid invalid ? invalid.finding() : "";
    }

    @Test
    void aHistoryThatKeepsTheRulesIsFaultless() {
        List<RequestCall> requests = List.of(
                replied("r-1", "re-1"),
                replied("r-2", "re-2"),
                ended("r-3", 5, Ending.FAILED, "Failed: java.io.IOException: gone"),
                ended("r-4", 1000, Ending.TIMED_OUT, "Timeout"),
                ended("r-5", 3, Ending.NO_RESPONDER, "NoResponder"));
        List<Handling> handlings = List.of(FIRST, SECOND, failed("r-3", new Failure("java.io.IOException", "gone")));

        Check<RequestReplyHistory> all = new OwnReplies()
                .and(new RequestsAsSent())
                .and(new HandledOnce())
                .and(new EndedRight(TOLERANCE))
                .and(new EndedInTime(TOLERANCE));

        assertThat(finding(all, requests, handlings)).isEmpty();
    }

    @Test
    void aReplyThatBelongsToAnotherRequestIsFound() {
        List<RequestCall> crossed = List.of(replied("r-1", "re-2"), replied("r-2", "re-1"));

        assertThat(finding(new OwnReplies(), crossed, List.of(FIRST, SECOND)))
                .contains("r-1 of main was answered with re-2, which is the reply to r-2");
    }

    @Test
    void aReplyThatNobodyGaveIsFound() {
        assertThat(finding(new OwnReplies(), List.of(replied("r-1", "made-up")), List.of(FIRST)))
                .contains("a reply that no responder gave to it");
    }

    @Test
    void aRequestThatIsHandledTwiceIsFound() {
        assertThat(finding(
                        new HandledOnce(), List.of(replied("r-1", "re-1")), List.of(FIRST, handled("r-1", "re-1", 3))))
                .contains("r-1 was handled 2 times");
    }

    @Test
    void aRequestThatNobodyMadeIsFound() {
        assertThat(finding(new RequestsAsSent(), List.of(), List.of(FIRST))).contains("that nobody made");
    }

    @Test
    void aTimeoutBeforeItsTimeAndAnEndAfterItAreFound() {
        assertThat(finding(new EndedInTime(TOLERANCE), List.of(ended("r-1", 900, Ending.TIMED_OUT, "")), List.of()))
                .contains("timed out after");
        assertThat(finding(new EndedInTime(TOLERANCE), List.of(ended("r-1", 1200, Ending.TIMED_OUT, "")), List.of()))
                .contains("with a timeout of");
    }

    @Test
    void aFailureThatIsToldAsATimeoutOrWithoutItsTextIsFound() {
        Handling failure = failed("r-1", new Failure("java.io.IOException", "gone"));

        assertThat(finding(
                        new EndedRight(TOLERANCE),
                        List.of(ended("r-1", 1000, Ending.TIMED_OUT, "Timeout")),
                        List.of(failure)))
                .contains("was told TIMED_OUT");
        assertThat(finding(
                        new EndedRight(TOLERANCE),
                        List.of(ended("r-1", 5, Ending.FAILED, "Failed: java.io.IOException")),
                        List.of(failure)))
                .contains("was told only");
    }

    @Test
    void aFailureThatNoHandlerHadIsFound() {
        assertThat(finding(
                        new EndedRight(TOLERANCE), List.of(ended("r-1", 5, Ending.FAILED, "Failed")), List.of(FIRST)))
                .contains("no handler failed at it");
    }
}
