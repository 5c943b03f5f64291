package org.brokertck.tck.check.partitioned;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.partitioned.GroupSpan;
import org.brokertck.tck.history.partitioned.PartitionedHistory;

/** Gathers the events that concern some records. */
final class Evidence {
    private Evidence() {}

    /** How these records were produced, and what the group did with them. */
    static List<Moment> of(PartitionedHistory history, GroupSpan group, String... ids) {
        Set<String> wanted = Set.of(ids);
        List<Moment> found = new ArrayList<>();
        history.produces().stream().filter(it -> wanted.contains(it.id())).forEach(found::add);
        history.attemptsOf(group).stream()
                .filter(it -> wanted.contains(it.id()))
                .forEach(found::add);
        return found;
    }
}
