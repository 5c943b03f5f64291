package org.brokertck.adapter.requestreply;

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
import org.brokertck.api.requestreply.NoResponderException;
import org.brokertck.api.requestreply.RequestReplyMetrics;
import org.brokertck.api.requestreply.ResponderFailedException;
import org.jspecify.annotations.Nullable;

/**
 * All requests of one instance that are pending, by their numbers, and the counts of those that are not: each ends once, whoever comes
 * first. Its own lock guards it, and is never held while a future is completed, since that runs what users made depend on it.
 *
 * @param <R> the adapter's requests
 */
public final class RequestBook<R extends PendingReply> {
    private enum Ending {
        ANSWERED,
        FAILED,
        TIMED_OUT,
        ABANDONED
    }

    /** @param alarm ends the request when its time is up */
    private record Entry<R>(R request, Future<?> alarm) {}

    private final String name;
    private final Map<Long, Entry<R>> pending = new HashMap<>();
    private final Map<Ending, Long> counts = new EnumMap<>(Ending.class);
    private long requested;
    private boolean closed;

    /** @param name of the instance, for failures */
    public RequestBook(String name) {
        this.name = name;
    }

    /** What to throw when the instance is closed. */
    public ClosedException closed() {
        return new ClosedException("Request/reply '" + name + "' is closed: open it again");
    }

    /**
     * Enters a request.
     *
     * @param alarm sets what ends it when its time is up
     * @throws ClosedException when the instance is closed
     */
    public synchronized void enter(R request, Supplier<Future<?>> alarm) {
        if (closed) {
            throw closed();
        }
        requested++;
        // Together, so that whoever sees that it is pending knows that its time runs.
        pending.put(request.number(), new Entry<>(request, alarm.get()));
    }

    /** The request of that number; null when it has ended. */
    public synchronized @Nullable R find(long number) {
        Entry<R> entry = pending.get(number);
        return entry == null ? null : entry.request();
    }

    /** Those that have not ended. */
    public synchronized List<R> pending() {
        return pending.values().stream().map(Entry::request).toList();
    }

    /** Whether all have ended. */
    public synchronized boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Ends a request with its reply; does nothing when it has ended. */
    public void answer(R request, Message reply) {
        if (leave(request, Ending.ANSWERED)) {
            request.ended().complete(reply);
        }
    }

    /** Ends a request of which the server keeps nothing with a failure; does nothing when it has ended. */
    public void fail(R request, BrokerException failure) {
        if (leave(request, ending(failure))) {
            request.ended().completeExceptionally(failure);
        }
    }

    /** Ends a request to whose topic nobody responds; does nothing when it has ended. */
    public void unanswerable(R request) {
        fail(
                request,
                new NoResponderException("Nobody responds to '" + request.topic() + "' of request/reply '" + name
                        + "': the request was handled by nobody"));
    }

    /** Ends a request that the server may still have with a failure; says whether it had not ended. */
    public boolean giveUp(R request, BrokerException failure) {
        boolean left = leave(request, ending(failure));
        if (left) {
            request.givenUp();
            request.ended().completeExceptionally(failure);
        }
        return left;
    }

    /** Ends a request that was sent and brought no reply in time; does nothing when it has ended. */
    public void timedOut(R request) {
        boolean unused = giveUp(
                request,
                new OperationTimeoutException("No reply to a request to '" + request.topic() + "' came within "
                        + request.timeout() + ": its outcome is unknown, and a late reply is discarded"));
    }

    private static Ending ending(BrokerException failure) {
        if (failure instanceof OperationTimeoutException) {
            return Ending.TIMED_OUT;
        }
        return failure instanceof ResponderFailedException ? Ending.FAILED : Ending.ABANDONED;
    }

    private boolean leave(R request, Ending ending) {
        Entry<R> entry = remove(request, ending);
        if (entry == null) {
            return false;
        }
        boolean unused = entry.alarm().cancel(false);
        request.left();
        return true;
    }

    private synchronized @Nullable Entry<R> remove(R request, Ending ending) {
        Entry<R> entry = pending.remove(request.number());
        if (entry != null) {
            counts.merge(ending, 1L, Long::sum);
        }
        return entry;
    }

    /** Takes in nothing more, and ends all that is pending. */
    public void close() {
        List<R> cutOff;
        synchronized (this) {
            closed = true;
            cutOff = pending();
        }
        for (R request : cutOff) {
            boolean unused = giveUp(request, closed());
        }
    }

    /** @param responders of the instance that live now */
    public synchronized RequestReplyMetrics metrics(int responders) {
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
