package org.brokertck.rabbitmq.partitioned;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.rabbitmq.connection.Deadline;

/** Reads back what this instance produces: one feed for each partition that it produces to, from before its first record on. */
final class Tails {
    private static final int AHEAD = 500;

    private final LogParts parts;
    private final Sender sender;
    private final Map<String, Tail> tails = new ConcurrentHashMap<>();

    private record Tail(Feed feed, CompletableFuture<Void> ready) {}

    Tails(LogParts parts, Sender sender) {
        this.parts = parts;
        this.sender = sender;
    }

    /**
     * Makes sure that what is produced to a stream from now on is read back.
     *
     * @throws BrokerUnavailableException when that takes too long
     * @throws org.brokertck.api.ClosedException when the broker is closed meanwhile
     */
    void follow(String stream, Deadline deadline) throws InterruptedException {
        Tail tail = tails.computeIfAbsent(stream, this::begin);
        // The closing may have looked through them just before.
        parts.requireOpen();
        try {
            Object unused = tail.ready().get(Math.max(1, deadline.nanosLeft()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            parts.requireOpen();
            throw parts.receiving.unavailable();
        } catch (ExecutionException atTheEnd) {
            throw parts.closed();
        }
    }

    /** Nobody waits any more; the broker is closing. */
    void close() {
        tails.values().forEach(tail -> tail.ready().completeExceptionally(parts.closed()));
    }

    private Tail begin(String stream) {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Feed feed = new Feed(
                stream,
                // Since the stream is never empty, something comes at once and tells the place.
                -1,
                AHEAD,
                () -> true,
                (place, body) -> {
                    sender.seen(RecordCodec.origin(body), place - 1);
                    boolean unused = ready.complete(null);
                },
                parts.feeder.loop()::ask);
        parts.feeder.add(feed);
        return new Tail(feed, ready);
    }
}
