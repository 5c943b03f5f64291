package org.brokertck.redis.requestreply;

import java.time.Duration;
import java.util.Objects;
import org.brokertck.api.message.Failure;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.api.requestreply.Responder;
import org.brokertck.redis.connection.Caller;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Link;
import org.brokertck.redis.connection.MessageCodec;
import org.brokertck.redis.connection.Patience;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.SizeLimits;
import org.brokertck.redis.connection.WaitingLink;
import org.brokertck.redis.connection.Wire;
import org.brokertck.redis.worker.Crew;
import org.brokertck.redis.worker.Departure;
import org.brokertck.redis.worker.Worker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One responder: a thread that takes a request over a connection of its own, runs the handler, answers, and takes the next. */
final class RedisResponder implements Responder, Worker {
    private static final Logger LOG = LoggerFactory.getLogger(RedisResponder.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** How long the server is given to hear that it leaves. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    /** How often one that ends tries to tell its last answer. */
    private static final int LAST_TRIES = 3;

    private final ExchangeParts parts;
    private final String topic;
    private final RequestHandler handler;
    private final String id;
    private final WaitingLink link;
    private final Crew<RedisResponder> responders;
    private final Departure departure;
    private final Thread thread;
    private final Patience patience = new Patience();
    private volatile @Nullable String inHand;

    /** @param responders is told of its end, also when it was never started */
    RedisResponder(ExchangeParts parts, String topic, RequestHandler handler, Crew<RedisResponder> responders) {
        this.parts = parts;
        this.topic = topic;
        this.handler = handler;
        this.responders = responders;
        long number = parts.numbers().incrementAndGet();
        this.id = parts.instance() + ":" + number;
        String name = parts.threadName("responder-" + number);
        this.link = new WaitingLink(parts.address(), name);
        this.departure = new Departure(
                "a responder to '" + topic + "'",
                parts.config().drainTimeout(),
                parts.timer(),
                () -> responders.gone(this));
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    @Override
    public void start(Deadline deadline) {
        Duration timeout = deadline.left();
        Link unused = link.connected(timeout, fresh -> parts.server().join(fresh, timeout, topic, id));
        if (!departure.start(thread)) {
            giveUp();
            throw parts.lifecycle().closed();
        }
    }

    @Override
    public void giveUp() {
        boolean unused = departure.begin();
        responders.ended(this);
        Wire wire = parts.wiring().ifConnected();
        if (wire != null) {
            parts.server().sendLeave(wire, topic, id, null);
        }
        link.close();
    }

    String id() {
        return id;
    }

    /** What it is handling or answering; null when nothing. */
    @Nullable
    String inHand() {
        return inHand;
    }

    boolean isEnding() {
        return departure.hasBegun();
    }

    @Override
    public boolean isCurrentThread() {
        return departure.isCurrentThread();
    }

    @Override
    public String topic() {
        return topic;
    }

    private void run() {
        try {
            Taken taken = null;
            while (taken != null || !departure.hasBegun()) {
                taken = guarded(taken);
            }
        } finally {
            leave();
            link.close();
            responders.ended(this);
        }
    }

    /** One round: handles a request, or looks for one. @return the next one, when it was taken already */
    private @Nullable Taken guarded(@Nullable Taken taken) {
        try {
            return taken == null ? next() : handle(taken);
        } catch (RedisFailure e) {
            recover(e);
        } catch (RuntimeException e) {
            // A reply that makes no sense: a responder does not die of it.
            LOG.error("{} met something unexpected", thread.getName(), e);
            recover(new RedisFailure(RedisFailure.Kind.LOST, "unexpected", e));
        }
        return null;
    }

    private @Nullable Taken next() {
        Link current = connected();
        Taken taken = parts.server().take(current, TIMEOUT, topic, id);
        if (taken == null) {
            // What comes is put into the hand, and taken from there in the next round.
            Object unused = link.waiting(current, it -> parts.server().await(it, TIMEOUT, topic, id));
        }
        patience.reset();
        return taken;
    }

    private Link connected() {
        return link.connected(TIMEOUT, fresh -> {
            if (!departure.hasBegun()) {
                parts.server().join(fresh, TIMEOUT, topic, id);
            }
        });
    }

    private @Nullable Taken handle(Taken taken) {
        inHand = taken.name();
        if (!departure.handlerStarts()) {
            // Who leaves gives it back.
            inHand = null;
            return null;
        }
        byte[] entry;
        try {
            entry = answered(taken);
        } finally {
            departure.handlerEnded();
        }
        return told(taken.name(), entry);
    }

    /** Whatever is thrown, Errors included, fails this request and nothing else (rules Y-2, G-12). */
    private byte[] answered(Taken taken) {
        try {
            Message reply = Objects.requireNonNull(
                    handler.handle(taken.request()), "The handler returned null, which is no reply");
            byte[] headers =
                    SizeLimits.requireFits("the requester of '" + topic + "'", reply.payloadSize(), reply.headers());
            return ReplyEntry.encode(
                    ReplyEntry.Kind.REPLY, taken.name(), MessageCodec.encode(reply.topic(), reply, headers));
        } catch (Throwable failure) {
            return ReplyEntry.encode(ReplyEntry.Kind.FAILURE, taken.name(), ReplyEntry.encode(Failure.of(failure)));
        }
    }

    /** Tells the answer, however often the connection breaks. @return the next request, when there is one already */
    private @Nullable Taken told(String request, byte[] entry) {
        int lastTries = 0;
        while (true) {
            try {
                Taken next =
                        parts.server().answer(connected(), TIMEOUT, topic, id, request, entry, !departure.hasBegun());
                inHand = null;
                return next;
            } catch (RedisFailure e) {
                boolean refused = e.kind() == RedisFailure.Kind.REFUSED && !e.isPassing();
                if (refused || (departure.hasBegun() && ++lastTries >= LAST_TRIES)) {
                    LOG.warn("{} could not tell an answer ({})", thread.getName(), e.text());
                    inHand = null;
                    return null;
                }
                recover(e);
            }
        }
    }

    private void recover(RedisFailure failure) {
        link.cut();
        if (!departure.hasBegun()) {
            LOG.warn("{} lost Redis ({}) and tries again", thread.getName(), failure.text());
        }
        departure.pause(patience.next());
    }

    private void leave() {
        try {
            Caller own = link.ifConnected();
            Caller caller = own == null ? parts.wiring().ifConnected() : own;
            if (caller != null) {
                parts.server().leave(caller, LAST_WORDS, topic, id, null);
            }
        } catch (RedisFailure e) {
            LOG.debug("{} could not sign off ({}); its lease runs out", thread.getName(), e.text());
        }
    }

    @Override
    public void close() {
        beginClosing();
        awaitEnd();
    }

    /** Takes no further request; those that nobody took go back at once, and are told when this was the last responder. */
    @Override
    public void beginClosing() {
        if (!departure.begin()) {
            return;
        }
        Wire wire = parts.wiring().ifConnected();
        if (departure.isHandling() && wire != null) {
            parts.server().sendLeave(wire, topic, id, inHand);
        }
        link.endWaits(parts.timer(), parts.wiring()::ifConnected);
    }

    @Override
    public void cutOff() {
        departure.cutOff();
    }

    @Override
    public void awaitEnd() {
        departure.await(link::close);
    }
}
