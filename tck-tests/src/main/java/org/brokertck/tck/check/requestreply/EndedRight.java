package org.brokertck.tck.check.requestreply;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.requestreply.Ending;
import org.brokertck.tck.history.requestreply.Handling;
import org.brokertck.tck.history.requestreply.RequestCall;
import org.brokertck.tck.history.requestreply.RequestReplyHistory;

/**
 * Rules Y-1 and Y-2: what the responder did is what the requester is told. A reply given in time arrives, a failure comes back as a
 * failure that tells its type and text, and nobody is told of what did not happen.
 */
public final class EndedRight implements Check<RequestReplyHistory> {
    private final Duration tolerance;

    /** @param tolerance how long a reply or a failure may be on its way */
    public EndedRight(Duration tolerance) {
        this.tolerance = tolerance;
    }

    @Override
    public Verdict judge(RequestReplyHistory history) {
        Map<String, List<Handling>> handlings = history.handlingsById();
        for (RequestCall call : history.requests()) {
            String finding = finding(call, handlings.getOrDefault(call.id(), List.of()));
            if (!finding.isEmpty()) {
                return Verdict.invalid(finding, history.about(call.id()));
            }
        }
        return Verdict.valid();
    }

    private String finding(RequestCall call, List<Handling> handlings) {
        if (call.ending() == Ending.FAILED && handlings.stream().noneMatch(Handling::failed)) {
            return "%s was told a failure of its responder, but no handler failed at it: %s"
                    .formatted(call.id(), call.detail());
        }
        return handlings.stream()
                .filter(it -> endedInTime(it, call))
                .map(it -> told(call, it))
                .filter(it -> !it.isEmpty())
                .findFirst()
                .orElse("");
    }

    private boolean endedInTime(Handling handling, RequestCall call) {
        return handling.ended()
                && handling.returned() - call.invoked()
                        < call.timeout().minus(tolerance).toNanos();
    }

    private static String told(RequestCall call, Handling handling) {
        if (call.ending() == Ending.GIVEN_UP || call.ending() == Ending.REFUSED) {
            return "";
        }
        if (handling.failed() && call.ending() != Ending.FAILED) {
            return "%s's responder failed in time, and its requester was told %s".formatted(call.id(), call.ending());
        }
        if (!handling.failed() && call.ending() != Ending.REPLIED) {
            return "%s's responder replied in time, and its requester was told %s".formatted(call.id(), call.ending());
        }
        return handling.failure()
                .filter(it ->
                        !(call.detail().contains(it.type()) && call.detail().contains(it.text())))
                .map(it -> "%s's responder threw %s: %s, and its requester was told only %s"
                        .formatted(call.id(), it.type(), it.text(), call.detail()))
                .orElse("");
    }
}
