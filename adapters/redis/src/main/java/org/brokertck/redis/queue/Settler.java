package org.brokertck.redis.queue;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.redis.connection.Link;
import org.brokertck.redis.connection.Patience;
import org.brokertck.redis.connection.RedisFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the server the outcome of an attempt, and says it again until it was heard: the handler has done its work, and must
 * not do it twice because an answer got lost. All commands here may be repeated.
 */
final class Settler {
    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    private final QueueParts parts;
    private final String consumer;
    private final Reader reader;
    private final Retries retries;
    private final Patience patience = new Patience();

    Settler(QueueParts parts, String consumer, Reader reader, Retries retries) {
        this.parts = parts;
        this.consumer = consumer;
        this.reader = reader;
        this.retries = retries;
    }

    /** @return the next entry, taken in the same step unless the consumer is ending; or null */
    @Nullable
    Entry succeeded(Entry entry, RedisConsumer owner) {
        Entry next = tell(owner, link -> {
            if (!owner.isEnding()) {
                return parts.server().ackAndTake(link, Reader.timeout(), consumer, entry.id());
            }
            parts.server().ack(link, Reader.timeout(), entry.id());
            return null;
        });
        parts.counters().consumed.increment();
        parts.line().settled();
        return next;
    }

    void failed(Entry entry, Message message, Throwable failure, RedisConsumer owner) {
        // Before the server knows: no dead letter must be seen whose failed attempt is not counted.
        parts.counters().failed.increment();
        if (message.retries() >= message.maxRetries()) {
            List<byte[]> fields = EntryCodec.failure(DeadLetter.of(message, failure));
            tell(owner, link -> {
                parts.server().bury(link, Reader.timeout(), consumer, entry.id(), fields);
                return null;
            });
            parts.line().settled();
        } else {
            long micros = delayMicros(parts.config().backoff(), message.retries());
            tell(owner, link -> {
                parts.server().retry(link, Reader.timeout(), consumer, entry.id(), micros);
                return null;
            });
            if (micros > 0) {
                retries.expectIn(micros);
            }
        }
    }

    void setForeignAside(Entry entry, RedisConsumer owner) {
        tell(owner, link -> {
            parts.server().setForeignAside(link, Reader.timeout(), consumer, entry.id());
            return null;
        });
        parts.line().settled();
    }

    private @Nullable Entry tell(RedisConsumer owner, Function<Link, @Nullable Entry> command) {
        while (true) {
            try {
                Entry next = reader.use(command);
                patience.reset();
                return next;
            } catch (RedisFailure e) {
                reader.cut();
                if (owner.isGivenUp()) {
                    LOG.warn("Closed before Redis heard of an outcome ({}): the message comes again", e.text());
                    return null;
                }
                LOG.warn("Redis did not hear of an outcome ({}); it is told again", e.text());
                owner.pauseUnlessGivenUp(patience.next());
            }
        }
    }

    /** Rounded up: never sooner than the delay, but for the jitter. */
    static long delayMicros(Backoff backoff, int attempt) {
        long nanos = backoff.delayAfter(attempt).toNanos();
        if (backoff.jitter() > 0) {
            nanos -= (long)
                    (nanos * backoff.jitter() * ThreadLocalRandom.current().nextDouble());
        }
        return (nanos + 999) / 1000;
    }
}
