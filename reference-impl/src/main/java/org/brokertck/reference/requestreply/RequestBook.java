package org.brokertck.reference.requestreply;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brokertck.api.BrokerException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.NoResponderException;
import org.brokertck.api.requestreply.RequestReplyMetrics;
import org.brokertck.api.requestreply.ResponderFailedException;
import org.brokertck.reference.time.TimeSource;

/**
 * All requests of one instance that are pending, and the counts of those that are not: each ends once, whoever comes first. Its
 * own lock guards it, and is never held while a future is completed, since that runs what users made depend on it.
 */
final class RequestBook {
    private enum Ending {
        ANSWERED,
        FAILED,
        TIMED_OUT,
        ABANDONED
    }

    private final String name;
    private final TimeSource time;
    private final Set<PendingRequest> pending = new HashSet<>();
    private final Map<Ending, Long> counts = new EnumMap<>(Ending.class);
    private long requested;
    private boolean closed;

    RequestBook(String name, TimeSource time) {
        this.name = name;
        this.time = time;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** @throws ClosedException when the instance is closed */
    synchronized void requireOpen() {
        if (closed) {
            throw closed();
        }
    }

    private ClosedException closed() {
        return new ClosedException("Request/reply '" + name + "' is closed: open a new one");
    }

    /**
     * Enters a request, whose time runs from now on.
     *
     * @throws ClosedException when the instance is closed
     */
    synchronized void enter(PendingRequest request, Duration timeout) {
        requireOpen();
        requested++;
        pending.add(request);
        // Together with the entry, so that whoever sees that it is pending knows that its time runs.
        request.alarm(time.schedule(timeout, () -> timedOut(request, timeout)));
    }

    private void timedOut(PendingRequest request, Duration timeout) {
        fail(
                request,
                new OperationTimeoutException("No reply to a request to '"
                        + request.message().topic() + "' came within " + timeout
                        + ": its outcome is unknown, and a late reply is discarded"));
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
            if (!pending.remove(request)) {
                return false;
            }
            counts.merge(ending, 1L, Long::sum);
            request.cancelAlarm();
        }
        request.leaveLine();
        return true;
    }

    /** Ends these requests, to whose topic nobody responds. */
    void unanswerable(List<PendingRequest> requests) {
        requests.forEach(it -> fail(
                it,
                new NoResponderException("Nobody responds to '" + it.message().topic() + "' of request/reply '" + name
                        + "': the request was handled by nobody")));
    }

    /** Takes in nothing more, and ends all that is pending. */
    void close() {
        List<PendingRequest> cutOff;
        synchronized (this) {
            closed = true;
            cutOff = List.copyOf(pending);
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
