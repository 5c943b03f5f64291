package org.brokertck.tck.requestreply;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** What comes for a request that has ended, be it a reply or a failure, changes nothing and is counted nowhere. */
public interface LateAnswerRules extends RequestReplyRules {
    @Test
    @Verifies("Y-1")
    default void lateFailuresCountForNothing() {
        answerLate(List.of("fails-timed-out", "fails-cancelled"));
    }

    @Test
    @Verifies("Y-1")
    default void lateRepliesCountForNothing() {
        answerLate(List.of("replies-timed-out", "replies-cancelled"));
    }

    /** There is one responder, so that what it answers next comes after what it answered too late. */
    private void answerLate(List<String> ids) {
        try (RequestReplyUnderTest exchange = RequestReplyUnderTest.open(this, "Y-1")) {
            Replies.Held held = new Replies.Held(timeouts().await().multipliedBy(3));
            exchange.respond("order.price", request -> {
                Message reply = held.handle(request);
                if (request.id().startsWith("fails")) {
                    throw new IllegalStateException("failed too late");
                }
                return reply;
            });
            for (String id : ids) {
                boolean timesOut = id.endsWith("timed-out");
                CompletableFuture<Message> future = exchange.requestAsync(
                        "order.price", Messages.message(id), timesOut ? exchange.brief() : exchange.patience());
                exchange.await("the request being handled", () -> held.hasArrived(id));
                if (timesOut) {
                    exchange.failed(OperationTimeoutException.class, "a request that is answered too late", future);
                } else {
                    future.cancel(true);
                    exchange.awaitMetrics("nothing is pending once the future was cancelled", it -> it.pending() == 0);
                }
                held.release(id);
                held.release("after-" + id);
                exchange.request("order.price", Messages.message("after-" + id));
            }
            long failed = exchange.metrics().failed();
            exchange.require(
                    failed == 0,
                    "no responder failed before its request had ended, and the metrics say failed = %d after %s"
                            .formatted(failed, ids));
            exchange.judge(exchange.faultless());
            Counts.requireExact(exchange);
        }
    }
}
