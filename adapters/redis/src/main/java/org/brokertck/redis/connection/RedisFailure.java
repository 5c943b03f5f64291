package org.brokertck.redis.connection;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command that brought no result, and what is known about its effect. It never leaves this package. */
public final class RedisFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Set<String> PASSING = Set.of("LOADING", "BUSY", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN");

    /** How far the command came. */
    public enum Kind {
        /** No connection: the command never left, so it had no effect. */
        NOT_SENT,
        /** The connection broke or stayed silent after the command had begun to leave: the effect is unknown. */
        LOST,
        /** The server answered with an error: no effect. */
        REFUSED
    }

    private final Kind kind;

    public RedisFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The message, never null. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** Whether the server answered with this error, which is the first word of its text. */
    public boolean isRefusal(String code) {
        return kind == Kind.REFUSED && text().startsWith(code);
    }

    /** Whether the server refused for a state that passes by itself, such as loading its data after a start. */
    public boolean isPassing() {
        return kind == Kind.REFUSED && PASSING.stream().anyMatch(text()::startsWith);
    }
}
