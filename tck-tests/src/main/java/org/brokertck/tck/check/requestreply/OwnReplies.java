package org.brokertck.tck.check.requestreply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.brokertck.api.message.Message;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.requestreply.Handling;
import org.brokertck.tck.history.requestreply.RequestCall;
import org.brokertck.tck.history.requestreply.RequestReplyHistory;

/** Rule Y-1: each reply was given to this very request, and arrives with all fields as the responder gave it. */
public final class OwnReplies implements Check<RequestReplyHistory> {
    @Override
    public Verdict judge(RequestReplyHistory history) {
        Map<String, List<Handling>> handlings = history.handlingsById();
        for (RequestCall call : history.requests()) {
            if (call.reply().isPresent()) {
                Verdict verdict =
                        judge(history, call, call.reply().get(), handlings.getOrDefault(call.id(), List.of()));
                if (!(verdict instanceof Verdict.Valid)) {
                    return verdict;
                }
            }
        }
        return Verdict.valid();
    }

    private static Verdict judge(RequestReplyHistory history, RequestCall call, Message reply, List<Handling> own) {
        List<Message> given = own.stream().flatMap(it -> it.reply().stream()).toList();
        if (given.stream().anyMatch(it -> Messages.difference(it, reply).isEmpty())) {
            return Verdict.valid();
        }
        for (Handling other : history.handlings()) {
            boolean isIt =
                    other.reply().filter(it -> it.id().equals(reply.id())).isPresent();
            if (isIt && !other.id().equals(call.id())) {
                return Verdict.invalid(
                        "%s of %s was answered with %s, which is the reply to %s"
                                .formatted(call.id(), call.requester(), reply.id(), other.id()),
                        concerning(history, call.id(), other.id()));
            }
        }
        List<Moment> all = history.about(call.id());
        return given.stream()
                .filter(it -> it.id().equals(reply.id()))
                .findFirst()
                .map(it -> Verdict.invalid(
                        "the reply to %s came changed: %s".formatted(call.id(), Messages.difference(it, reply)), all))
                .orElseGet(() -> Verdict.invalid(
                        "%s was answered with a reply that no responder gave to it: %s".formatted(call.id(), reply),
                        all));
    }

    private static List<Moment> concerning(RequestReplyHistory history, String one, String other) {
        List<Moment> moments = new ArrayList<>(history.about(one));
        moments.addAll(history.about(other));
        return moments;
    }
}
