package org.brokertck.redis.queue;

import java.time.Duration;
import java.util.List;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Failures;
import org.brokertck.redis.connection.Lifecycle;
import org.brokertck.redis.connection.LinkPool;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.brokertck.redis.connection.SizeLimits;

/**
 * Puts messages into the queue. A call that is cut off is repeated under the same number, which adds nothing twice; only
 * when the time is over without an answer does its outcome stay unknown.
 */
final class Producer {
    /** How long the server is given at least, whatever the configuration: one round trip must fit in. */
    static final Duration LEAST_FOR_SERVER = Duration.ofSeconds(1);

    private static final Duration ASK_AGAIN = Duration.ofMillis(20);
    private static final Duration RECONNECT = Duration.ofMillis(50);

    private final String queue;
    private final QueueConfig config;
    private final QueueServer server;
    private final LinkPool links;
    private final Ledger ledger;
    private final RoomLine line;
    private final Lifecycle lifecycle;
    private final Failures failures;
    private final WriteGuard guard;
    private final String asked;

    Producer(QueueParts parts, WriteGuard guard) {
        this.queue = parts.queue();
        this.config = parts.config();
        this.server = parts.server();
        this.links = parts.links();
        this.ledger = parts.ledger();
        this.line = parts.line();
        this.lifecycle = parts.lifecycle();
        this.failures = parts.failures();
        this.guard = guard;
        this.asked = "produce to queue '" + queue + "'";
    }

    void produce(Message message) {
        lifecycle.requireOpen();
        byte[] headers = SizeLimits.requireFits("queue '" + queue + "'", message.payloadSize(), message.headers());
        Deadline room = Deadline.in(config.produceTimeout());
        Ticket ticket = ledger.begin();
        boolean known = false;
        try {
            if (!sentWithRoom(ticket, EntryCodec.encode(message, headers, ticket.token()), room)) {
                throw full();
            }
            known = true;
            ledger.taken(ticket);
        } catch (InterruptedException e) {
            known = concluded(ticket, failures.interrupted(asked, "nothing was done"));
        } catch (BrokerException e) {
            known = concluded(ticket, e);
        } finally {
            if (!known) {
                release(ticket);
            }
        }
    }

    /** Sends until taken; waits for room between the tries. @return false when no room was made in time */
    private boolean sentWithRoom(Ticket ticket, List<byte[]> fields, Deadline room) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if ((line.isEmpty() || config.produceTimeout().isZero()) && sent(ticket, fields, room)) {
            return true;
        }
        Object place = line.join();
        try {
            while (line.awaitFirst(place, room)) {
                long seen = line.settlements();
                if (sent(ticket, fields, room)) {
                    return true;
                }
                if (room.passed()) {
                    return false;
                }
                Duration pause = ASK_AGAIN.compareTo(room.left()) < 0 ? ASK_AGAIN : room.left();
                line.awaitSettlement(seen, Deadline.in(pause));
            }
            lifecycle.requireOpen();
            return false;
        } finally {
            line.leave(place);
        }
    }

    /** Sends until the server answers. @return false when the queue is full */
    private boolean sent(Ticket ticket, List<byte[]> fields, Deadline room) throws InterruptedException {
        Duration atLeast = room.left().compareTo(LEAST_FOR_SERVER) < 0 ? LEAST_FOR_SERVER : room.left();
        Deadline deadline = Deadline.in(atLeast);
        while (true) {
            lifecycle.requireOpen();
            try {
                return links.with(
                        deadline,
                        link -> guard.during(
                                link,
                                deadline,
                                fields,
                                () -> server.produce(
                                        link,
                                        deadline.left(),
                                        config.capacity(),
                                        ticket.lane(),
                                        ticket.number(),
                                        fields)));
            } catch (RedisFailure e) {
                if (e.kind() == Kind.LOST) {
                    ticket.setMaybeTaken(true);
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                boolean hopeless = e.kind() == Kind.REFUSED && !e.isPassing();
                if (hopeless || deadline.left().compareTo(RECONNECT) <= 0) {
                    throw failures.of(e, asked);
                }
                if (lifecycle.pause(RECONNECT)) {
                    throw lifecycle.closed();
                }
            }
        }
    }

    /**
     * Ends a call that did not hear that its message was taken: by the given refusal when the message certainly is not in
     * the queue. When it may be, the server is asked, and what it does not know yet it will refuse.
     *
     * @return true when it turns out that the message was taken
     */
    private boolean concluded(Ticket ticket, BrokerException refusal) {
        if (!ticket.maybeTaken() || refusal instanceof OperationTimeoutException) {
            throw refusal;
        }
        if (refusal instanceof BrokerUnavailableException) {
            // The time is over, and whom to ask is not there.
            throw failures.unknown(new RedisFailure(Kind.LOST, "the connection broke", refusal), asked);
        }
        boolean interrupted = Thread.interrupted();
        try {
            Deadline deadline = Deadline.in(LEAST_FOR_SERVER);
            boolean taken =
                    links.with(deadline, link -> server.resolve(link, deadline.left(), ticket.lane(), ticket.number()));
            ticket.setMaybeTaken(false);
            if (taken) {
                ledger.taken(ticket);
                return true;
            }
            throw refusal;
        } catch (RedisFailure e) {
            throw failures.unknown(e, asked);
        } catch (InterruptedException e) {
            interrupted = true;
            throw failures.unknown(new RedisFailure(Kind.LOST, "interrupted", e), asked);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void release(Ticket ticket) {
        if (ticket.maybeTaken()) {
            ledger.doubtful(ticket);
        } else {
            ledger.refused(ticket);
        }
    }

    private QueueFullException full() {
        return new QueueFullException(
                "Queue '%s' holds its %d messages and no room was made within %s: let consumers catch up, then try again."
                        .formatted(queue, config.capacity(), config.produceTimeout()));
    }
}
