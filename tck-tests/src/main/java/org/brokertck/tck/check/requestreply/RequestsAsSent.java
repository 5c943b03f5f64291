package org.brokertck.tck.check.requestreply;

import java.util.Map;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.requestreply.Ending;
import org.brokertck.tck.history.requestreply.Handling;
import org.brokertck.tck.history.requestreply.RequestCall;
import org.brokertck.tck.history.requestreply.RequestReplyHistory;

/**
 * Rules Y-1 and G-5 to G-8: what a responder sees was asked of its topic, was not refused, and carries the topic and all else as it
 * was sent.
 */
public final class RequestsAsSent implements Check<RequestReplyHistory> {
    @Override
    public Verdict judge(RequestReplyHistory history) {
        Map<String, RequestCall> calls = history.requestsById();
        for (Handling handling : history.handlings()) {
            RequestCall call = calls.get(handling.id());
            if (call == null) {
                return Verdict.invalid(
                        "a responder was given a request that nobody made: " + handling.request(), handling);
            }
            if (!call.topic().equals(handling.topic())) {
                return Verdict.invalid(
                        "%s was asked of '%s', and went to a responder to '%s'"
                                .formatted(call.id(), call.topic(), handling.topic()),
                        call,
                        handling);
            }
            if (call.ending() == Ending.NO_RESPONDER) {
                return Verdict.invalid(
                        call.id() + " was handled, though its requester was told that nobody responds", call, handling);
            }
            String difference = difference(call, handling);
            if (!difference.isEmpty()) {
                return Verdict.invalid(call.id() + " reached its responder changed: " + difference, call, handling);
            }
        }
        return Verdict.valid();
    }

    private static String difference(RequestCall call, Handling handling) {
        return Messages.difference(call.expected(), handling.request());
    }
}
