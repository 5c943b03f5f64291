package org.brokertck.redis.connection;

import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;

/** Turns what happened on the wire into the exceptions of the contract. No text of theirs shows the password. */
public final class Failures {
    private final RedisAddress address;

    public Failures(RedisAddress address) {
        this.address = address;
    }

    /**
     * @param failure what happened
     * @param asked what was asked, as in "produce to queue 'orders'"
     */
    public BrokerException of(RedisFailure failure, String asked) {
        return switch (failure.kind()) {
            case LOST -> unknown(failure, asked);
            case NOT_SENT, REFUSED -> unavailable(failure, asked);
        };
    }

    /** The command had no effect, or would have none by nature. */
    public BrokerUnavailableException unavailable(RedisFailure failure, String asked) {
        String what = switch (failure.kind()) {
            case NOT_SENT -> "no connection to Redis at %s (%s)";
            case LOST -> "no answer from Redis at %s (%s)";
            case REFUSED -> "Redis at %s refused it (%s)";
        };
        return new BrokerUnavailableException(
                ("Cannot %s: " + what + ". %s").formatted(asked, address, failure.text(), advice(failure)), failure);
    }

    /** The command may have had its effect. */
    public OperationTimeoutException unknown(RedisFailure failure, String asked) {
        return new OperationTimeoutException(
                "No answer from Redis at %s to: %s (%s). Whether it took effect is unknown; repeating it may duplicate it."
                        .formatted(address, asked, failure.text()),
                failure);
    }

    /**
     * Sets the interrupt flag, which what threw has cleared.
     *
     * @param outcome what became of it, as in "nothing was done"
     */
    public OperationInterruptedException interrupted(String asked, String outcome) {
        Thread.currentThread().interrupt();
        return new OperationInterruptedException(
                "Interrupted while waiting to %s at Redis %s; %s.".formatted(asked, address, outcome));
    }

    private static String advice(RedisFailure failure) {
        if (failure.kind() != RedisFailure.Kind.REFUSED) {
            return "Check that the server runs and can be reached.";
        }
        if (failure.isRefusal("WRONGPASS") || failure.isRefusal("NOAUTH")) {
            return "Check the user and the password in the URI.";
        }
        if (failure.isRefusal("NOPERM")) {
            return "Grant the user the commands of streams, lists, hashes, sets, scripts and publish/subscribe on keys and"
                    + " channels with 'brokertck'.";
        }
        if (failure.isRefusal("OOM")) {
            return "The server is at its maxmemory: let consumers catch up or give it more.";
        }
        if (failure.isRefusal("READONLY")) {
            return "This server is a replica: connect to its master.";
        }
        if (failure.isRefusal("MOVED") || failure.isRefusal("ASK")) {
            return "The keys live on another node of the cluster: connect to that one.";
        }
        return failure.isPassing() ? "Try again in a while." : "See the server's log.";
    }
}
