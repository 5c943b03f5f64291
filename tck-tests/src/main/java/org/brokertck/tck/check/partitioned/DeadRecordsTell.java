package org.brokertck.tck.check.partitioned;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.history.partitioned.GroupSpan;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordAttempt;
import org.brokertck.tck.history.partitioned.RecordId;

/**
 * Rule L-15: exactly the records whose attempts are used up lie among the dead letters, once for each group that failed, each as it
 * was delivered, with the number of attempts and the last failure. For histories in which no member was abandoned.
 */
public final class DeadRecordsTell implements Check<PartitionedHistory> {
    @Override
    public Verdict judge(PartitionedHistory history) {
        Map<String, DeadRecord> listed = new TreeMap<>();
        for (DeadRecord dead : history.deadRecords()) {
            String name = name(dead.record().topic(), dead.group(), RecordId.of(dead.record()));
            if (listed.put(name, dead) != null) {
                return Verdict.invalid(name + " lies among the dead letters twice");
            }
        }
        for (GroupSpan group : history.groups()) {
            for (Map.Entry<String, List<RecordAttempt>> record :
                    history.attemptsById(group).entrySet()) {
                DeadRecord dead = listed.remove(name(group.topic(), group.name(), record.getKey()));
                String wrong = wrong(dead, record.getValue(), history.config().deliveryLimit());
                if (!wrong.isEmpty()) {
                    return Verdict.invalid(
                            "%s of group %s %s".formatted(record.getKey(), group.name(), wrong),
                            Evidence.of(history, group, record.getKey()));
                }
            }
        }
        return listed.isEmpty()
                ? Verdict.valid()
                : Verdict.invalid("among the dead letters lies what no group attempted: " + listed.keySet());
    }

    private static String wrong(
            @org.jspecify.annotations.Nullable DeadRecord dead, List<RecordAttempt> attempts, int limit) {
        Map<Boolean, Integer> ends = new HashMap<>();
        attempts.forEach(it -> ends.merge(it.failed(), 1, Integer::sum));
        int failed = ends.getOrDefault(true, 0);
        boolean exhausted = failed >= limit;
        if (dead == null) {
            return exhausted ? "failed %d times and lies not among the dead letters".formatted(failed) : "";
        }
        if (!exhausted) {
            return "lies among the dead letters after %d failures of %d".formatted(failed, limit);
        }
        RecordAttempt last = attempts.get(attempts.size() - 1);
        if (!dead.record().equals(last.record())) {
            return "was delivered as %s and lies among the dead letters as %s".formatted(last.record(), dead.record());
        }
        if (dead.attempts() != failed) {
            return "was attempted %d times, and its dead letter says %d".formatted(failed, dead.attempts());
        }
        String told = dead.failure().type() + ": " + dead.failure().text();
        return told.equals(last.failure())
                ? ""
                : "failed last with '%s', and its dead letter says '%s'".formatted(last.failure(), told);
    }

    private static String name(String topic, String group, String id) {
        return "%s of topic %s and group %s".formatted(id, topic, group);
    }
}
