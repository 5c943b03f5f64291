package org.brokertck.redis.requestreply;

import java.time.Duration;
import java.util.function.Consumer;
import org.brokertck.adapter.requestreply.PendingReply;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.RedisFailure.Kind;

/** A request, and whether the server may have it. */
final class PendingRequest extends PendingReply {
    private final byte[] bytes;
    private final Deadline deadline;
    private final Consumer<PendingRequest> whenGivenUp;

    private volatile boolean sent;
    private volatile RedisFailure failure =
            new RedisFailure(Kind.NOT_SENT, "no connection was made in the time of the request", null);

    /**
     * @param bytes as its responder gets it
     * @param whenGivenUp is given it when it ended while the server may still have it; must not wait
     */
    PendingRequest(long number, String topic, byte[] bytes, Duration timeout, Consumer<PendingRequest> whenGivenUp) {
        super(number, topic, timeout);
        this.bytes = bytes;
        this.deadline = Deadline.in(timeout);
        this.whenGivenUp = whenGivenUp;
    }

    /** As its responder gets it. */
    byte[] bytes() {
        return bytes;
    }

    Deadline deadline() {
        return deadline;
    }

    /** What was asked, for failures. */
    String asked() {
        return "request from '" + topic() + "'";
    }

    /** Whether the server may have it. */
    boolean isSent() {
        return sent;
    }

    void leaves() {
        sent = true;
    }

    /** The server surely does not have it. */
    void notSent(RedisFailure why) {
        failure = why;
        sent = false;
    }

    /** Why it could not be sent at last. */
    RedisFailure failure() {
        return failure;
    }

    @Override
    protected void givenUp() {
        whenGivenUp.accept(this);
    }
}
