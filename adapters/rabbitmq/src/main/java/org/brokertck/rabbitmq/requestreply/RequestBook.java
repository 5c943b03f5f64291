package org.brokertck.rabbitmq.requestreply;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.brokertck.api.BrokerException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestReplyMetrics;
import org.brokertck.api.requestreply.ResponderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * All requests of one instance that are pending, by their numbers, and the counts of those that are not: each ends once, whoever
 * comes first. Its own lock guards it, and is never held while a future is completed, since that runs what users made depend on it.
 */
final class RequestBook {
    private enum Ending {
        ANSWERED,
        FAILED,
        TIMED_OUT,
        ABANDONED
    }

    private final String name;
    private final Map<Long, PendingRequest> pending = new HashMap<>();
    private final Map<Ending, Long> counts = new EnumMap<>(Ending.class);
    private long requested;
    private boolean closed;

    RequestBook(String name) {
        this.name = name;
    }

    ClosedException closed() {
        return new ClosedException("Request/reply '" + name + "' is closed: open it again");
    }

    /**
     * Enters a request.
     *
     * @param alarm sets what ends it when its time is up
     * @throws ClosedException when the instance is closed
     */
    synchronized void enter(PendingRequest request, Supplier<Future<?>> alarm) {
        if (closed) {
            throw closed();
        }
        requested++;
        pending.put(request.number(), request);
        // Together with the entry, so that whoever sees that it is pending knows that its time runs.
        request.alarm(alarm.get());
    }

    /** The request of that number; null when it has ended. */
    synchronized @Nullable PendingRequest find(long number) {
        return pending.get(number);
    }

    /** Those to a topic that are known to have been put into its queue. */
    synchronized List<PendingRequest> inQueue(String topic) {
        return pending.values().stream()
                .filter(it -> it.topic().equals(topic) && it.inQueue())
                .toList();
    }

    /** Ends a request with its reply; does nothing when it has ended. */
    void answer(PendingRequest request, Message reply) {
        if (leave(request, Ending.ANSWERED)) {
            request.ended().complete(reply);
        }
    }

    /** Ends a request with a failure; says whether it had not ended. */
    boolean fail(PendingRequest request, BrokerException failure) {
        boolean left = leave(request, ending(failure));
        if (left) {
            request.ended().completeExceptionally(failure);
        }
        return left;
    }

    private static Ending ending(BrokerException failure) {
        if (failure instanceof OperationTimeoutException) {
            return Ending.TIMED_OUT;
        }
        return failure instanceof ResponderFailedException ? Ending.FAILED : Ending.ABANDONED;
    }

    private boolean leave(PendingRequest request, Ending ending) {
        synchronized (this) {
            if (!pending.remove(request.number(), request)) {
                return false;
            }
            counts.merge(ending, 1L, Long::sum);
        }
        request.leave();
        return true;
    }

    /** Takes in nothing more, and ends all that is pending. */
    void close() {
        List<PendingRequest> cutOff;
        synchronized (this) {
            closed = true;
            cutOff = List.copyOf(pending.values());
        }
        cutOff.forEach(it -> fail(it, closed()));
    }

    synchronized RequestReplyMetrics metrics(int responders) {
        return new RequestReplyMetrics(
                requested,
                count(Ending.ANSWERED),
                count(Ending.FAILED),
                count(Ending.TIMED_OUT),
                count(Ending.ABANDONED),
                pending.size(),
                responders);
    }

    private long count(Ending ending) {
        return counts.getOrDefault(ending, 0L);
    }
}
