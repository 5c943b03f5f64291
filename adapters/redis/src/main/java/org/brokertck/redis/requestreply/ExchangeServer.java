package org.brokertck.redis.requestreply;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.Caller;
import org.brokertck.redis.connection.Keyspace;
import org.brokertck.redis.connection.Link;
import org.brokertck.redis.connection.Wire;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/** What one instance asks of the server, in Java's types. Stateless: the caller brings the connection. */
final class ExchangeServer {
    /** How long a responder is believed to be there that was not heard of; its instance renews it several times in between. */
    static final Duration LEASE = Duration.ofSeconds(15);
    /** How long replies wait for a requester that lost its connection. */
    private static final Duration KEPT = Duration.ofMinutes(10);
    /** How long the server holds the request of an idle responder. */
    private static final Duration HOLD = Duration.ofSeconds(2);

    private static final byte[] LEASE_MILLIS = Bytes.of(LEASE.toMillis());
    private static final byte[] KEPT_MILLIS = Bytes.of(KEPT.toMillis());
    private static final byte[] NOTHING = {};

    private final ExchangeKeys keys;

    ExchangeServer(ExchangeKeys keys) {
        this.keys = keys;
    }

    void join(Caller link, Duration timeout, String topic, String responder) {
        Object unused = ExchangeScript.JOIN.run(
                link, timeout, List.of(keys.responders(topic)), List.of(Bytes.of(responder), LEASE_MILLIS));
    }

    /** @return whether it was taken in; false when nobody responds to the topic */
    CompletableFuture<Boolean> ask(Wire wire, String topic, String name, byte[] request, Duration left) {
        return ExchangeScript.ASK
                .submit(
                        wire,
                        List.of(keys.responders(topic), keys.line(topic), keys.request(name)),
                        // One more, so that it never ends here before it ends for its requester.
                        List.of(Bytes.of(name), request, Bytes.of(left.toMillis() + 1)))
                .thenApply(reply -> Objects.equals(reply, 1L));
    }

    /** Takes what is there for a responder. @return null when nothing is */
    @Nullable
    Taken take(Caller link, Duration timeout, String topic, String responder) {
        return turn(link, timeout, topic, responder, "", NOTHING, true);
    }

    /**
     * Answers a request; repeating it is harmless.
     *
     * @param another whether to take another request in the same step
     * @return that one; null when there is none
     */
    @Nullable
    Taken answer(
            Caller link,
            Duration timeout,
            String topic,
            String responder,
            String request,
            byte[] entry,
            boolean another) {
        return turn(link, timeout, topic, responder, request, entry, another);
    }

    private @Nullable Taken turn(
            Caller link,
            Duration timeout,
            String topic,
            String responder,
            String answered,
            byte[] entry,
            boolean another) {
        List<?> reply = (List<?>) Objects.requireNonNull(ExchangeScript.TURN.run(
                link,
                timeout,
                List.of(keys.line(topic), keys.hand(responder)),
                List.of(keys.prefix.bytes(), Bytes.of(answered), entry, KEPT_MILLIS, Bytes.of(another ? 1 : 0))));
        return reply.isEmpty() ? null : new Taken(Bytes.text(reply.get(0)), (byte[]) reply.get(1));
    }

    /** Waits for a request, for a while, and puts it into the responder's hand. @return null when none came */
    @Nullable
    Object await(Link link, Duration timeout, String topic, String responder) {
        return link.call(
                HOLD.plus(timeout),
                Command.BLMOVE,
                keys.line(topic),
                keys.hand(responder),
                Bytes.of("LEFT"),
                Bytes.of("RIGHT"),
                Bytes.of(HOLD.toSeconds()));
    }

    /** @param answering the request that the responder has in hand and still answers; null for none */
    void leave(Caller caller, Duration timeout, String topic, String responder, @Nullable String answering) {
        Object unused =
                ExchangeScript.LEAVE.run(caller, timeout, ofResponder(topic, responder), leaving(responder, answering));
    }

    /** As {@link #leave}, without waiting for it. */
    void sendLeave(Wire wire, String topic, String responder, @Nullable String answering) {
        Object unused = ExchangeScript.LEAVE.submit(wire, ofResponder(topic, responder), leaving(responder, answering));
    }

    private List<byte[]> leaving(String responder, @Nullable String answering) {
        return List.of(
                keys.prefix.bytes(),
                Bytes.of(responder),
                answering == null ? NOTHING : Bytes.of(answering),
                KEPT_MILLIS);
    }

    void renew(Caller link, Duration timeout, String topic, String responder) {
        Object unused = ExchangeScript.RENEW.run(
                link,
                timeout,
                ofResponder(topic, responder),
                List.of(keys.prefix.bytes(), Bytes.of(responder), LEASE_MILLIS, KEPT_MILLIS));
    }

    /** Forgets a request that has ended, without waiting for it. */
    void forget(Wire wire, String topic, String name) {
        Object unused = ExchangeScript.FORGET.submit(
                wire, List.of(keys.request(name), keys.line(topic)), List.of(Bytes.of(name)));
    }

    /** Deletes what was for an instance that is gone. */
    void forgetReplies(Caller link, Duration timeout, String instance) {
        Object unused = link.call(timeout, Command.DEL, keys.replies(instance));
    }

    /** Deletes everything of this name. */
    void removeAll(Caller link, Duration timeout) {
        Keyspace.remove(link, timeout, keys.prefix.all());
    }

    private List<byte[]> ofResponder(String topic, String responder) {
        return List.of(keys.responders(topic), keys.line(topic), keys.hand(responder));
    }
}
