package org.brokertck.reference.monitoring.watch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.partitioned.TopicMetrics;

/** One topic of a partitioned broker. */
final class TopicMeter {
    private final BrokerWatch watch;
    private final Recorder recorder;
    private final Map<String, Group> groups = new ConcurrentHashMap<>();
    /** Guarded by this, as the next. */
    private long producedBefore;

    private long bytesBefore;

    TopicMeter(BrokerWatch watch, String topic) {
        this.watch = watch;
        this.recorder = new Recorder(watch.monitor(), topic);
    }

    /**
     * The attempts of a group, by all its members of this instance.
     *
     * @param skipped how many records were produced before the group came that are none of its business
     */
    PartitionLanes group(String name, long skipped) {
        return groups.computeIfAbsent(
                        name, it -> new Group(new PartitionLanes(new AttemptMeter(watch, recorder)), skipped))
                .lanes();
    }

    void handOnAttempts() {
        groups.values().forEach(it -> it.attempts().handOn());
    }

    synchronized void handOn(TopicMetrics counts) {
        long behind = 0;
        long inFlight = 0;
        for (Group group : groups.values()) {
            long running = group.attempts().inFlight();
            behind = Math.max(behind, counts.messagesProduced() - group.settledOrSkipped() - running);
            inFlight += running;
        }
        long produced = counts.messagesProduced() - producedBefore;
        if (produced > 0) {
            recorder.produced(produced, Math.max(0, counts.bytesProduced() - bytesBefore));
            producedBefore = counts.messagesProduced();
            bytesBefore = counts.bytesProduced();
        }
        if (!groups.isEmpty()) {
            recorder.depth(behind);
            recorder.inFlight(inFlight);
        }
    }

    /** What a group has done, and what it did not have to do. */
    private record Group(PartitionLanes lanes, long skipped) {
        AttemptMeter attempts() {
            return lanes.attempts();
        }

        long settledOrSkipped() {
            return attempts().settled() + skipped;
        }
    }
}
