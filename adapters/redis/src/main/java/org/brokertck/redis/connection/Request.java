package org.brokertck.redis.connection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/** A command on its way over a {@link Wire}, and what becomes of it. */
final class Request {
    private enum State {
        WAITING,
        LEAVING,
        WITHDRAWN
    }

    final CommandArguments line;
    final CompletableFuture<@Nullable Object> reply = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final Runnable whenAnswered;
    /** How many pushed confirmations stand for the reply; 0 when there is a proper one. For the reading thread. */
    private int confirmations;

    Request(CommandArguments line, int confirmations, Runnable whenAnswered) {
        this.line = line;
        this.confirmations = confirmations;
        this.whenAnswered = whenAnswered;
    }

    /** The writer is about to send it. @return false when it was withdrawn */
    boolean leave() {
        return state.compareAndSet(State.WAITING, State.LEAVING);
    }

    /** Nobody waits for it any more. @return whether it certainly is not sent */
    boolean withdraw() {
        return state.compareAndSet(State.WAITING, State.WITHDRAWN) || state.get() == State.WITHDRAWN;
    }

    /** One confirmation came. @return whether it was the last */
    boolean confirmed() {
        confirmations--;
        if (confirmations > 0) {
            return false;
        }
        answered(null);
        return true;
    }

    boolean isConfirmedByPushes() {
        return confirmations > 0;
    }

    void answered(@Nullable Object value) {
        whenAnswered.run();
        reply.complete(value);
    }

    void refused(RedisFailure failure) {
        reply.completeExceptionally(failure);
    }

    /** The connection is gone. */
    void lost(String text, @Nullable Throwable cause) {
        Kind kind = withdraw() ? Kind.NOT_SENT : Kind.LOST;
        reply.completeExceptionally(new RedisFailure(kind, text, cause));
    }
}
