package org.brokertck.tck.history.partitioned;

import java.util.Map;
import org.brokertck.tck.history.Moment;

/**
 * One reading of what a group has committed.
 *
 * @param topic the topic
 * @param group the group
 * @param asked when it was asked for
 * @param answered when the answer was there
 * @param committed the offset after the last committed record, by partition
 */
public record CommitReading(String topic, String group, long asked, long answered, Map<Integer, Long> committed)
        implements Moment {
    /** Isolates the map. */
    public CommitReading {
        committed = Map.copyOf(committed);
    }

    @Override
    public long at() {
        return asked;
    }

    @Override
    public String describe() {
        return "group " + group + " has committed " + new java.util.TreeMap<>(committed);
    }
}
