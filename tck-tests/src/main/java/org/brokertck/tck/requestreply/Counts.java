package org.brokertck.tck.requestreply;

import java.util.List;
import org.brokertck.api.requestreply.RequestReplyMetrics;
import org.brokertck.tck.history.requestreply.Ending;
import org.brokertck.tck.history.requestreply.RequestCall;

/** Holds the metrics of an instance against the requests that were made of it, and of no other, once all have ended. */
final class Counts {
    private Counts() {}

    /** Nothing is pending, and each request is counted once, by its ending. */
    static void requireExact(RequestReplyUnderTest exchange) {
        List<RequestCall> calls = exchange.history().requests();
        exchange.awaitMetrics("all requests have ended, so that none is pending", it -> it.pending() == 0);
        RequestReplyMetrics metrics = exchange.metrics();
        require(exchange, "answered", metrics.answered(), count(calls, Ending.REPLIED));
        require(exchange, "failed", metrics.failed(), count(calls, Ending.FAILED));
        require(exchange, "timedOut", metrics.timedOut(), count(calls, Ending.TIMED_OUT));
        require(
                exchange,
                "abandoned",
                metrics.abandoned(),
                count(calls, Ending.NO_RESPONDER) + count(calls, Ending.GIVEN_UP));
        require(
                exchange,
                "requested",
                metrics.requested(),
                metrics.answered() + metrics.failed() + metrics.timedOut() + metrics.abandoned());
    }

    private static long count(List<RequestCall> calls, Ending ending) {
        return calls.stream().filter(it -> it.ending() == ending).count();
    }

    private static void require(RequestReplyUnderTest exchange, String figure, long told, long due) {
        exchange.require(told == due, "the metrics say %s = %d, where %d is due".formatted(figure, told, due));
    }
}
