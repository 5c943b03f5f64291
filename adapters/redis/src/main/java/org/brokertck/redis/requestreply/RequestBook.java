package org.brokertck.redis.requestreply;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.brokertck.api.BrokerException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.NoResponderException;
import org.brokertck.api.requestreply.RequestReplyMetrics;
import org.brokertck.api.requestreply.ResponderFailedException;
import org.brokertck.redis.connection.Failures;
import org.brokertck.redis.connection.Lifecycle;
import org.jspecify.annotations.Nullable;

/**
 * All requests of one instance that are pending, and the counts of those that are not: each ends once, whoever comes first. Its own lock
 * guards it, and is never held while a future is completed, since that runs what users made depend on it.
 */
final class RequestBook {
    private enum Ending {
        ANSWERED,
        FAILED,
        TIMED_OUT,
        ABANDONED
    }

    private final String name;
    private final Lifecycle lifecycle;
    private final Failures failures;
    private final ScheduledExecutorService timer;
    private final Consumer<PendingRequest> whenGivenUp;
    private final Map<Long, PendingRequest> pending = new HashMap<>();
    private final Map<Ending, Long> counts = new EnumMap<>(Ending.class);
    private long requested;

    /**
     * @param timer runs the alarms, and with them what depends on requests that timed out
     * @param whenGivenUp is given each request that ended while the server may still have it; must not wait
     */
    RequestBook(
            String name,
            Lifecycle lifecycle,
            Failures failures,
            ScheduledExecutorService timer,
            Consumer<PendingRequest> whenGivenUp) {
        this.name = name;
        this.lifecycle = lifecycle;
        this.failures = failures;
        this.timer = timer;
        this.whenGivenUp = whenGivenUp;
    }

    /**
     * Enters a request, whose time runs from now on.
     *
     * @throws org.brokertck.api.ClosedException when the instance is closed
     */
    synchronized PendingRequest enter(String topic, byte[] bytes, Duration timeout) {
        lifecycle.requireOpen();
        PendingRequest request = new PendingRequest(++requested, topic, bytes, timeout);
        pending.put(request.number(), request);
        // Together with the entry, so that whoever sees that it is pending knows that its time runs.
        request.alarm(timer.schedule(() -> timeIsUp(request), timeout.toNanos(), TimeUnit.NANOSECONDS));
        return request;
    }

    private void timeIsUp(PendingRequest request) {
        BrokerException end = request.isSent()
                ? new OperationTimeoutException("No reply to a request to '" + request.topic() + "' came within "
                        + request.timeout() + ": its outcome is unknown, and a late reply is discarded")
                : failures.unavailable(request.failure(), request.asked());
        boolean unused = giveUp(request, end);
    }

    /** The pending request of that number; null when it has ended. */
    synchronized @Nullable PendingRequest find(long number) {
        return pending.get(number);
    }

    synchronized boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Ends a request with its reply; does nothing when it has ended. */
    void answer(PendingRequest request, Message reply) {
        if (leave(request, Ending.ANSWERED)) {
            request.ended().complete(reply);
        }
    }

    /** Ends a request of which the server keeps nothing with a failure; does nothing when it has ended. */
    void fail(PendingRequest request, BrokerException failure) {
        if (leave(request, ending(failure))) {
            request.ended().completeExceptionally(failure);
        }
    }

    /** Ends a request that the server may still have; says whether it had not ended. */
    boolean giveUp(PendingRequest request, BrokerException failure) {
        boolean left = leave(request, ending(failure));
        if (left) {
            whenGivenUp.accept(request);
            request.ended().completeExceptionally(failure);
        }
        return left;
    }

    /** Ends a request to whose topic nobody responds. */
    void unanswerable(PendingRequest request) {
        fail(
                request,
                new NoResponderException("Nobody responds to '" + request.topic() + "' of request/reply '" + name
                        + "': the request was handled by nobody"));
    }

    private static Ending ending(BrokerException failure) {
        if (failure instanceof OperationTimeoutException) {
            return Ending.TIMED_OUT;
        }
        return failure instanceof ResponderFailedException ? Ending.FAILED : Ending.ABANDONED;
    }

    private synchronized boolean leave(PendingRequest request, Ending ending) {
        if (pending.remove(request.number()) == null) {
            return false;
        }
        counts.merge(ending, 1L, Long::sum);
        request.cancelAlarm();
        return true;
    }

    /** Ends all that is pending; the instance is closing already, so that nothing more comes in. */
    void close() {
        List<PendingRequest> cutOff;
        synchronized (this) {
            cutOff = List.copyOf(pending.values());
        }
        for (PendingRequest request : cutOff) {
            boolean unused = giveUp(request, lifecycle.closed());
        }
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
