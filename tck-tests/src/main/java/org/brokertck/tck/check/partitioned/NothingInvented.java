package org.brokertck.tck.check.partitioned;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordAttempt;
import org.brokertck.tck.history.partitioned.RecordProduce;
import org.jspecify.annotations.Nullable;

/**
 * Rules G-5, G-7 and G-8: each attempt carries a record that was produced to that topic, all fields equal, at the place that produce
 * returned, and the same each time; and none that was refused.
 */
public final class NothingInvented implements Check<PartitionedHistory> {
    @Override
    public Verdict judge(PartitionedHistory history) {
        Map<String, RecordProduce> produces = history.producesById();
        Map<String, RecordAttempt> first = new java.util.HashMap<>();
        for (RecordAttempt attempt : history.attempts()) {
            RecordProduce call = produces.get(attempt.id());
            if (call == null) {
                return Verdict.invalid("a record was delivered that nobody produced: " + attempt.record(), attempt);
            }
            String wrong = wrong(call, attempt, history.topics().getOrDefault(attempt.topic(), Integer.MAX_VALUE));
            if (!wrong.isEmpty()) {
                return Verdict.invalid(attempt.id() + wrong, call, attempt);
            }
            RecordAttempt before = first.putIfAbsent(attempt.id(), attempt);
            if (before != null && !before.record().equals(attempt.record())) {
                return Verdict.invalid(
                        "%s came once as %s and then as %s".formatted(attempt.id(), before.record(), attempt.record()),
                        List.of(call, before, attempt));
            }
        }
        return Verdict.valid();
    }

    private static String wrong(RecordProduce call, RecordAttempt attempt, int partitions) {
        PartitionRecord record = attempt.record();
        if (!call.mayBeVisible()) {
            return " was delivered, though its produce was refused";
        }
        if (attempt.started() < call.invoked()) {
            return " was delivered before it was produced";
        }
        if (!call.topic().equals(attempt.topic()) || !call.topic().equals(record.topic())) {
            return " was produced to topic %s and delivered to a member of topic %s as a record of topic %s"
                    .formatted(call.topic(), attempt.topic(), record.topic());
        }
        if (record.partition() < 0 || record.partition() >= partitions) {
            return " was delivered as of partition %d of %d".formatted(record.partition(), partitions);
        }
        String difference = difference(call.message(), record);
        if (!difference.isEmpty()) {
            return " was delivered changed: " + difference;
        }
        if (call.position() != null && call.position().partition() != record.partition()) {
            return " is in partition %d by produce and was delivered as of partition %d"
                    .formatted(call.position().partition(), record.partition());
        }
        return "";
    }

    /** What differs between the two, in words; empty when nothing does. */
    public static String difference(KeyedMessage produced, PartitionRecord delivered) {
        StringBuilder text = new StringBuilder();
        compare(text, "key", produced.key(), delivered.key());
        compare(text, "headers", produced.headers(), delivered.headers());
        byte[] sent = produced.value();
        byte[] came = delivered.value();
        int at = java.util.Arrays.mismatch(sent, came);
        if (at >= 0) {
            text.append("value of %d bytes came as %d bytes, first different at byte %d"
                    .formatted(sent.length, came.length, at));
        }
        return text.toString();
    }

    private static void compare(
            StringBuilder text, String field, @Nullable Object produced, @Nullable Object delivered) {
        if (!Objects.equals(produced, delivered)) {
            text.append("%s was %s and came as %s; ".formatted(field, cut(produced), cut(delivered)));
        }
    }

    private static String cut(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
