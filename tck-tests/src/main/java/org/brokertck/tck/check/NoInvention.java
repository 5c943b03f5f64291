package org.brokertck.tck.check;

import java.util.Map;
import org.brokertck.api.message.Message;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.ProduceCall;
import org.brokertck.tck.history.QueueHistory;

/** Rule Q-2: each attempt carries a message that was produced, all fields but the retries equal, and none that was refused. */
public final class NoInvention implements Check<QueueHistory> {
    @Override
    public Verdict judge(QueueHistory history) {
        Map<String, ProduceCall> produces = history.producesById();
        for (Attempt attempt : history.attempts()) {
            ProduceCall call = produces.get(attempt.id());
            if (call == null) {
                return Verdict.invalid("a message was delivered that nobody produced: " + attempt.message(), attempt);
            }
            if (!call.mayBeVisible()) {
                return Verdict.invalid(attempt.id() + " was delivered, though its produce was refused", call, attempt);
            }
            if (attempt.started() < call.invoked()) {
                return Verdict.invalid(attempt.id() + " was delivered before it was produced", call, attempt);
            }
            String difference = difference(call.message(), attempt.message());
            if (!difference.isEmpty()) {
                return Verdict.invalid(attempt.id() + " was delivered changed: " + difference, call, attempt);
            }
        }
        return Verdict.valid();
    }

    /** What differs between the two apart from the retries, in words; empty when nothing does. */
    public static String difference(Message produced, Message delivered) {
        if (produced.equals(delivered.withRetries(produced.retries()))) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        compare(text, "id", produced.id(), delivered.id());
        compare(text, "topic", produced.topic(), delivered.topic());
        compare(text, "headers", produced.headers(), delivered.headers());
        compare(text, "timestamp", produced.timestamp(), delivered.timestamp());
        compare(text, "maxRetries", produced.maxRetries(), delivered.maxRetries());
        if (!produced.payloadBuffer().equals(delivered.payloadBuffer())) {
            int at = produced.payloadBuffer().mismatch(delivered.payloadBuffer());
            text.append("payload of %d bytes came as %d bytes, first different at byte %d"
                    .formatted(produced.payloadSize(), delivered.payloadSize(), at));
        }
        return text.toString();
    }

    private static void compare(StringBuilder text, String field, Object produced, Object delivered) {
        if (!produced.equals(delivered)) {
            text.append("%s was %s and came as %s; ".formatted(field, cut(produced), cut(delivered)));
        }
    }

    private static String cut(Object value) {
        String text = value.toString();
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
