package org.brokertck.tck.faulty.partitioned.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.partitioned.GroupMember;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.reference.time.TimeSource.Alarm;
import org.jspecify.annotations.Nullable;

/** One member of a group. Its state is under the lock of the store. */
public class PlainMember implements GroupMember {
    /** Whether it takes part no more. */
    public boolean leaving;

    /** Whether what its handlers end with counts for nothing. */
    public boolean cutOff;

    /** Its workers that have not let go yet. */
    public final List<Worker> workers = new ArrayList<>();

    private final PlainDelivering broker;
    private final Group group;
    private final RecordHandler handler;
    private @Nullable Alarm alarm;

    /** A member that has not joined yet. */
    protected PlainMember(PlainDelivering broker, Group group, RecordHandler handler) {
        this.broker = broker;
        this.group = group;
        this.handler = handler;
    }

    /** Its group. */
    public Group group() {
        return group;
    }

    /** What the user gave. */
    public RecordHandler handler() {
        return handler;
    }

    /** Whose member it is. */
    public PlainDelivering broker() {
        return broker;
    }

    @Override
    public Set<Integer> partitions() {
        return broker.locked(() -> broker.partitionsOf(this));
    }

    /** The partitions that it works on. */
    protected Set<Integer> held() {
        Set<Integer> held = new TreeSet<>();
        if (!leaving) {
            group.slots().stream()
                    .filter(it -> it.isHeldBy(this))
                    .forEach(it -> held.add(it.partition().number()));
        }
        return held;
    }

    @Override
    public void close() {
        List<Worker> last = broker.locked(() -> List.copyOf(workers));
        boolean left = broker.locked(() -> {
            broker.leave(this);
            drainAlarm();
            if (isOwnThread()) {
                return false;
            }
            if (!broker.awaitEnd(() -> workers.isEmpty() || cutOff)) {
                cutOff();
            }
            return true;
        });
        if (left) {
            boolean interrupted = Thread.interrupted();
            last.forEach(broker::join);
            if (interrupted) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException("Interrupted while leaving group '" + group.name()
                        + "': it is left all the same, and the handlers that still ran were interrupted");
            }
        }
    }

    private void drainAlarm() {
        if (broker.config().drainTimeout().isZero()) {
            cutOff();
        } else if (alarm == null && !workers.isEmpty() && !broker.ended) {
            alarm = broker.time()
                    .schedule(
                            broker.config().drainTimeout(),
                            () -> broker.locked(() -> {
                                cutOff();
                                return true;
                            }));
        }
    }

    /** From here on its handlers are interrupted and count for nothing. */
    protected void cutOff() {
        cutOff = true;
        workers.forEach(Worker::interruptHandler);
        broker.store().changed.signalAll();
    }

    /** Its last worker has let go. */
    void noMoreWorkers() {
        if (alarm != null) {
            alarm.cancel();
        }
    }

    @Override
    public void abandon() {
        broker.locked(() -> {
            broker.leave(this);
            cutOff();
            return true;
        });
    }

    /** Whether the caller is one of its handlers. */
    protected boolean isOwnThread() {
        return workers.stream().anyMatch(it -> it.thread() == Thread.currentThread());
    }
}
