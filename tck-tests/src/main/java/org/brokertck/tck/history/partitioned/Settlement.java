package org.brokertck.tck.history.partitioned;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brokertck.api.partitioned.StartFrom;

/** Keeps count of the records that groups have yet to settle, as things happen. Not safe for several threads. */
final class Settlement {
    private final int deliveryLimit;
    private final Map<String, List<RecordProduce>> acknowledged = new HashMap<>();
    private final Map<String, Group> groups = new HashMap<>();
    private int exhausted;

    Settlement(int deliveryLimit) {
        this.deliveryLimit = deliveryLimit;
    }

    /** A group, and what it has settled and has yet to. */
    private static final class Group {
        private final StartFrom startFrom;
        private long there = Long.MAX_VALUE;
        private final Set<String> settled = new HashSet<>();
        private final Set<String> due = new HashSet<>();
        private final Map<String, Integer> failures = new HashMap<>();

        Group(StartFrom startFrom) {
            this.startFrom = startFrom;
        }

        void expect(RecordProduce produce) {
            if ((startFrom == StartFrom.EARLIEST || produce.invoked() > there) && !settled.contains(produce.id())) {
                due.add(produce.id());
            }
        }
    }

    void acknowledged(RecordProduce produce) {
        acknowledged.computeIfAbsent(produce.topic(), it -> new ArrayList<>()).add(produce);
        groups.forEach((key, group) -> {
            if (key.startsWith(produce.topic() + "/") && group.there != Long.MAX_VALUE) {
                group.expect(produce);
            }
        });
    }

    void changed(MemberSpan member) {
        Group group =
                groups.computeIfAbsent(member.topic() + "/" + member.group(), it -> new Group(member.startFrom()));
        if (member.joined() != Long.MAX_VALUE && group.there == Long.MAX_VALUE) {
            group.there = member.joined();
            acknowledged.getOrDefault(member.topic(), List.of()).forEach(group::expect);
        }
    }

    void ended(RecordAttempt attempt) {
        Group group = groups.get(attempt.topic() + "/" + attempt.group());
        if (group == null || attempt.result() == RecordAttempt.Result.VOID) {
            return;
        }
        int failures = attempt.failed() ? group.failures.merge(attempt.id(), 1, Integer::sum) : 0;
        if (failures == deliveryLimit) {
            exhausted++;
        }
        if (attempt.succeeded() || failures >= deliveryLimit) {
            group.settled.add(attempt.id());
            group.due.remove(attempt.id());
        } else if (!group.settled.contains(attempt.id())) {
            // Its next attempt is due, also where the outcome of its produce is unknown.
            group.due.add(attempt.id());
        }
    }

    /** How many times a group has used up its attempts at a record. */
    int exhausted() {
        return exhausted;
    }

    boolean isComplete() {
        return groups.values().stream().allMatch(it -> it.due.isEmpty());
    }
}
