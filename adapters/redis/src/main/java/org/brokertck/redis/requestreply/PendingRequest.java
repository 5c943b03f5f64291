package org.brokertck.redis.requestreply;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.brokertck.api.message.Message;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.jspecify.annotations.Nullable;

/** A request that waits for its end. It ends once, through its {@link RequestBook}; whatever comes later finds nobody. */
final class PendingRequest {
    private final long number;
    private final String topic;
    private final byte[] bytes;
    private final Duration timeout;
    private final Deadline deadline;
    /** Nobody's but ours, so that no user can end it. */
    private final CompletableFuture<Message> ended = new CompletableFuture<>();
    /** Guarded by the book. */
    private @Nullable Future<?> alarm;

    private volatile boolean sent;
    private volatile RedisFailure failure =
            new RedisFailure(Kind.NOT_SENT, "no connection was made in the time of the request", null);

    PendingRequest(long number, String topic, byte[] bytes, Duration timeout) {
        this.number = number;
        this.topic = topic;
        this.bytes = bytes;
        this.timeout = timeout;
        this.deadline = Deadline.in(timeout);
    }

    long number() {
        return number;
    }

    String topic() {
        return topic;
    }

    /** As its responder gets it. */
    byte[] bytes() {
        return bytes;
    }

    Duration timeout() {
        return timeout;
    }

    Deadline deadline() {
        return deadline;
    }

    CompletableFuture<Message> ended() {
        return ended;
    }

    boolean hasEnded() {
        return ended.isDone();
    }

    /** What was asked, for failures. */
    String asked() {
        return "request from '" + topic + "'";
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

    void alarm(Future<?> set) {
        alarm = set;
    }

    void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel(false);
        }
    }
}
