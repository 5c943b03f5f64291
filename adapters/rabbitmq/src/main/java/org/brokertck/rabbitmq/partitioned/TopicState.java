package org.brokertck.rabbitmq.partitioned;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the journal says of one topic. Guarded by {@link JournalState}. */
final class TopicState {
    final int partitions;
    /** The streams of the partitions that have one. */
    final Map<Integer, String> streams = new HashMap<>();

    final Map<String, GroupState> groups = new HashMap<>();
    final List<DeadNote> dead = new ArrayList<>();

    TopicState(int partitions) {
        this.partitions = partitions;
    }
}
