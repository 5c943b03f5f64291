package org.brokertck.tck.check.broker;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.brokertck.api.message.Message;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.broker.BrokerHistory;
import org.brokertck.tck.history.broker.Handling;
import org.brokertck.tck.history.broker.SubscriberSpan;
import org.brokertck.tck.history.broker.TopicProduce;
import org.jspecify.annotations.Nullable;

/** What a subscriber receives was produced to its topic, was not refused, and came through unchanged. */
public final class NothingInvented implements Check<BrokerHistory> {
    @Override
    public Verdict judge(BrokerHistory history) {
        Map<String, TopicProduce> produces = history.producesById();
        Map<String, SubscriberSpan> subscribers =
                history.subscribers().stream().collect(Collectors.toMap(SubscriberSpan::name, Function.identity()));
        for (Handling handling : history.handlings()) {
            TopicProduce call = produces.get(handling.id());
            if (call == null) {
                return Verdict.invalid(
                        "%s received %s, which nobody produced".formatted(handling.subscriber(), handling.id()),
                        handling);
            }
            Verdict verdict = judge(handling, call, subscribers.get(handling.subscriber()));
            if (!(verdict instanceof Verdict.Valid)) {
                return verdict;
            }
        }
        return Verdict.valid();
    }

    private static Verdict judge(Handling handling, TopicProduce call, @Nullable SubscriberSpan span) {
        if (span != null && !span.topic().equals(call.topic())) {
            return Verdict.invalid(
                    "%s received %s, which was produced to '%s'"
                            .formatted(handling.subscriber(), handling.id(), call.topic()),
                    call,
                    handling);
        }
        if (call.outcome() == Outcome.REFUSED) {
            return Verdict.invalid(
                    "%s received %s, which was refused".formatted(handling.subscriber(), handling.id()),
                    call,
                    handling);
        }
        if (handling.started() < call.invoked()) {
            return Verdict.invalid(
                    "%s received %s before it was produced".formatted(handling.subscriber(), handling.id()),
                    call,
                    handling);
        }
        String changed = changed(call.expected(), handling.message());
        return changed.isEmpty()
                ? Verdict.valid()
                : Verdict.invalid(
                        "%s received %s changed: %s".formatted(handling.subscriber(), handling.id(), changed),
                        call,
                        handling);
    }

    private static String changed(Message expected, Message received) {
        if (!expected.payloadBuffer().equals(received.payloadBuffer())) {
            return "payload of %d bytes, where %d are due, or other ones"
                    .formatted(received.payloadSize(), expected.payloadSize());
        }
        if (!expected.headers().equals(received.headers())) {
            return "headers " + received.headers() + " where " + expected.headers() + " are due";
        }
        return expected.equals(received) ? "" : received + " where " + expected + " is due";
    }
}
