package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.List;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.time.TckTimeouts;

/** What tests of the capacity ask of a queue that is full. */
final class FullQueue {
    private FullQueue() {}

    /** A produce timeout to be waited out. On a server it also bounds the wait for an answer, which may be slow. */
    static Duration patience(QueueRules tests) {
        boolean remote = tests.target().capabilities().contains(Capability.REMOTE);
        TckTimeouts timeouts = tests.timeouts();
        return remote ? timeouts.tolerance().dividedBy(2) : timeouts.quiet().dividedBy(3);
    }

    /**
     * One more message must be refused, when its time is up and soon after.
     *
     * @param what is full, as in "produce to a full queue"
     * @param patience the queue's produce timeout
     */
    static void requireFull(QueueUnderTest queue, String what, String id, Duration patience) {
        Message message = Messages.message(id);
        long start = System.nanoTime();
        queue.refused(
                QueueFullException.class,
                "produce " + what,
                () -> queue.recorded().produce("main", message));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        queue.require(
                took.compareTo(patience.plus(TckTimeouts.current().tolerance())) <= 0
                        && took.compareTo(patience.minusMillis(1)) >= 0,
                "produce %s was refused after %s with a produce timeout of %s".formatted(what, took, patience));
    }

    /** Starts a produce that is to wait. */
    static Running<Boolean> startProducer(QueueUnderTest queue, String id) {
        Message message = Messages.message(id);
        return Bounded.startRun("blocked produce", () -> queue.recorded().produce(id, message));
    }

    /** The produces must wait. */
    static void requireBlocked(QueueUnderTest queue, List<Running<Boolean>> producers) {
        queue.require(queue.stays(StillWaiting.in(producers)), "produce to a full queue did not wait for room");
    }

    /** Starts a produce, which must wait. */
    static Running<Boolean> startBlocked(QueueUnderTest queue, String id) {
        Running<Boolean> producer = startProducer(queue, id);
        requireBlocked(queue, List.of(producer));
        return producer;
    }
}
