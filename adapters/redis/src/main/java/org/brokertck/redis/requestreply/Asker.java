package org.brokertck.redis.requestreply;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.brokertck.adapter.requestreply.RequestBook;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Patience;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.brokertck.redis.connection.Wire;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests, without ever waiting for the server. What never left is sent when there is a connection again; what left and brought no
 * answer never is, since somebody may be handling it.
 */
final class Asker {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final ExchangeParts parts;
    private final RequestBook<PendingRequest> book;
    private final AtomicLong numbers = new AtomicLong();
    private final Queue<PendingRequest> unsent = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean reconnecting = new AtomicBoolean();
    /** For the keeper's one thread. */
    private final Patience patience = new Patience();

    Asker(ExchangeParts parts, RequestBook<PendingRequest> book) {
        this.parts = parts;
        this.book = book;
    }

    /**
     * Enters a request, whose time runs from now on.
     *
     * @param bytes as its responder gets it
     * @throws org.brokertck.api.ClosedException when the instance is closed
     */
    PendingRequest enter(String topic, byte[] bytes, Duration timeout) {
        PendingRequest request = new PendingRequest(numbers.incrementAndGet(), topic, bytes, timeout, this::forget);
        book.enter(
                request,
                () -> parts.timer().schedule(() -> timeIsUp(request), timeout.toNanos(), TimeUnit.NANOSECONDS));
        return request;
    }

    private void timeIsUp(PendingRequest request) {
        if (request.isSent()) {
            book.timedOut(request);
        } else {
            boolean unused = book.giveUp(request, parts.failures().unavailable(request.failure(), request.asked()));
        }
    }

    void ask(PendingRequest request) {
        Wire wire = parts.wiring().ifConnected();
        if (wire == null) {
            unsent.add(request);
            reconnect(Duration.ZERO);
        } else {
            send(wire, request);
        }
    }

    private void send(Wire wire, PendingRequest request) {
        if (isOver(request)) {
            return;
        }
        String name = parts.nameOf(request);
        request.leaves();
        Object unused = parts.server()
                .ask(
                        wire,
                        request.topic(),
                        name,
                        request.bytes(),
                        request.deadline().left())
                .whenComplete((taken, failure) -> {
                    if (failure != null) {
                        failed(request, failureOf(failure));
                    } else if (!taken) {
                        book.unanswerable(request);
                    }
                });
        if (isOver(request)) {
            // Whoever ended it may have had it forgotten before it was sent.
            parts.server().forget(wire, request.topic(), name);
        }
    }

    private boolean isOver(PendingRequest request) {
        return book.find(request.number()) == null;
    }

    private static RedisFailure failureOf(Throwable thrown) {
        Throwable cause = thrown.getCause() == null || thrown instanceof RedisFailure ? thrown : thrown.getCause();
        return cause instanceof RedisFailure known ? known : new RedisFailure(Kind.LOST, "unexpected: " + cause, cause);
    }

    private void failed(PendingRequest request, RedisFailure failure) {
        if (failure.kind() == Kind.LOST) {
            // It may be answered yet.
            return;
        }
        request.notSent(failure);
        if (failure.kind() == Kind.NOT_SENT || failure.isPassing()) {
            unsent.add(request);
            reconnect(Duration.ofMillis(20));
        } else {
            book.fail(request, parts.failures().unavailable(failure, request.asked()));
        }
    }

    private void reconnect(Duration pause) {
        if (reconnecting.compareAndSet(false, true)) {
            try {
                Object unused = parts.keeper().schedule(this::sendAgain, pause.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                // The instance is closed, which ends all requests.
                reconnecting.set(false);
            }
        }
    }

    private void sendAgain() {
        reconnecting.set(false);
        unsent.removeIf(this::isOver);
        if (unsent.isEmpty()) {
            return;
        }
        Wire wire = connected();
        if (wire == null) {
            reconnect(patience.next());
            return;
        }
        patience.reset();
        for (PendingRequest request = unsent.poll(); request != null; request = unsent.poll()) {
            send(wire, request);
        }
    }

    private @Nullable Wire connected() {
        try {
            return parts.wiring().connected(Deadline.in(CONNECT));
        } catch (RedisFailure e) {
            unsent.forEach(request -> request.notSent(e));
            return null;
        } catch (InterruptedException e) {
            return null;
        }
    }

    /** The request has ended, and the server may have it: nothing is kept of it there. */
    private void forget(PendingRequest request) {
        Wire wire = parts.wiring().ifConnected();
        if (request.isSent() && wire != null) {
            parts.server().forget(wire, request.topic(), parts.nameOf(request));
        }
    }
}
