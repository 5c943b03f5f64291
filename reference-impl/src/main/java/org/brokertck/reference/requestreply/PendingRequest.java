package org.brokertck.reference.requestreply;

import java.util.concurrent.CompletableFuture;
import org.brokertck.api.message.Message;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** A request that waits for its end. It ends once, through its {@link RequestBook}; whatever comes later finds nobody. */
final class PendingRequest {
    /** Null where nobody responds. */
    private final @Nullable TopicLine line;

    private final Message message;
    /** Nobody's but ours, so that no user can end it. */
    private final CompletableFuture<Message> ended = new CompletableFuture<>();
    /** Guarded by the book. */
    private TimeSource.@Nullable Alarm alarm;

    PendingRequest(@Nullable TopicLine line, Message message) {
        this.line = line;
        this.message = message;
    }

    /** Goes to the end of its line; says false when nobody responds. */
    boolean lineUp() {
        return line != null && line.offer(this);
    }

    /** It has ended: no responder needs to see it any more. */
    void leaveLine() {
        if (line != null) {
            line.forget(this);
        }
    }

    /** As its responder sees it. */
    Message message() {
        return message;
    }

    CompletableFuture<Message> ended() {
        return ended;
    }

    void alarm(TimeSource.Alarm set) {
        alarm = set;
    }

    void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel();
        }
    }
}
