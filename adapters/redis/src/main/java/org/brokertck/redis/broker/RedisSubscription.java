package org.brokertck.redis.broker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.redis.connection.Caller;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Inbox;
import org.brokertck.redis.connection.Link;
import org.brokertck.redis.connection.MessageCodec;
import org.brokertck.redis.connection.Patience;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.WaitingLink;
import org.brokertck.redis.worker.Crew;
import org.brokertck.redis.worker.Departure;
import org.brokertck.redis.worker.Worker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription: a thread that reads its inbox over a connection of its own and calls the handler with one message after another. A
 * message is removed once its handler has ended.
 */
final class RedisSubscription implements TopicSubscription, Worker {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSubscription.class);
    private static final Duration HOLD = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    /** What was handled is removed when all that was read is, and when that takes longer, this often: it bounds what comes again. */
    private static final Duration SETTLE = Duration.ofMillis(100);

    private final BrokerParts parts;
    private final String topic;
    private final MessageHandler handler;
    private final WaitingLink link;
    private final Crew<RedisSubscription> subscriptions;
    private final Departure departure;
    private final Thread thread;
    private final Patience patience = new Patience();
    /** Another one when the server has let this subscriber go: so what was handled before is never taken for what came after. */
    private volatile String id;

    private volatile Inbox inbox;

    /** @param subscriptions is told of its end, also when it was never started */
    RedisSubscription(BrokerParts parts, String topic, MessageHandler handler, Crew<RedisSubscription> subscriptions) {
        this.parts = parts;
        this.topic = topic;
        this.handler = handler;
        this.subscriptions = subscriptions;
        this.id = freshId(parts);
        this.inbox = parts.server().inbox(id);
        String name = parts.threadName("subscriber-" + id.substring(id.lastIndexOf(':') + 1));
        this.link = new WaitingLink(parts.address(), name);
        this.departure = new Departure(
                "the subscription to '" + topic + "'",
                parts.config().drainTimeout(),
                parts.timer(),
                () -> subscriptions.gone(this));
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    private static String freshId(BrokerParts parts) {
        return parts.instance() + ":" + parts.numbers().incrementAndGet();
    }

    @Override
    public void start(Deadline deadline) throws InterruptedException {
        Link unused = link.connected(deadline.left(), fresh -> {});
        // Over the shared connection, whose epochs keep a call that was given up from taking effect after all.
        Caller line = parts.line().connected(deadline);
        if (!parts.server().join(line, deadline.left(), parts.line().epoch(), topic, id)) {
            throw new RedisFailure(RedisFailure.Kind.NOT_SENT, "the connection was replaced", null);
        }
        if (!departure.start(thread)) {
            throw parts.lifecycle().closed();
        }
    }

    @Override
    public void giveUp() {
        boolean unused = departure.begin();
        subscriptions.ended(this);
        link.close();
        try {
            parts.keeper().execute(this::leaveBelatedly);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} could not sign off, since its broker is closed; its lease runs out", thread.getName());
        }
    }

    private void leaveBelatedly() {
        try {
            leave(parts.line().connected(Deadline.in(LAST_WORDS)));
        } catch (RedisFailure e) {
            LOG.debug("{} could not sign off ({}); its lease runs out", thread.getName(), e.text());
        } catch (InterruptedException e) {
            // The broker is closed.
            Thread.currentThread().interrupt();
        }
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

    /** Renews its lease. */
    void renew(Caller line, Duration timeout) {
        if (!parts.server().renew(line, timeout, topic, id)) {
            // The thread signs in again when it connects again.
            link.cut();
        }
    }

    private void run() {
        try {
            int done = 0;
            while (!departure.hasBegun()) {
                done = next(done);
            }
        } finally {
            Caller own = link.ifConnected();
            leave(own == null ? parts.line().ifConnected() : own);
            link.close();
            subscriptions.ended(this);
        }
    }

    /** @param done how many at the head of the inbox are handled. @return how many are now */
    private int next(int done) {
        try {
            Inbox before = inbox;
            Link current = link.connected(TIMEOUT, this::signInAgain);
            List<byte[]> entries = inbox.take(current, TIMEOUT, inbox == before ? done : 0);
            if (entries.isEmpty()) {
                byte[] first = link.waiting(current, it -> inbox.await(it, HOLD, TIMEOUT));
                entries = first == null ? List.of() : List.of(first);
            }
            patience.reset();
            return handled(current, entries);
        } catch (RedisFailure e) {
            // How far the server heard of what is done is unknown: some may come again.
            recover(e);
            return 0;
        } catch (RuntimeException e) {
            // A reply that makes no sense: a subscription does not die of it.
            LOG.error("{} met something unexpected", thread.getName(), e);
            recover(new RedisFailure(RedisFailure.Kind.LOST, "unexpected", e));
            return 0;
        }
    }

    private void signInAgain(Link fresh) {
        if (departure.hasBegun() || parts.server().renew(fresh, TIMEOUT, topic, id)) {
            return;
        }
        LOG.warn(
                "{} was away for so long that Redis let it go: it has missed what was produced since",
                thread.getName());
        String next = freshId(parts);
        if (!parts.server().join(fresh, TIMEOUT, Long.MAX_VALUE, topic, next)) {
            throw new IllegalStateException("No epoch is later than the last");
        }
        id = next;
        inbox = parts.server().inbox(next);
    }

    private int handled(Link current, List<byte[]> entries) {
        int done = 0;
        long settled = System.nanoTime();
        for (byte[] entry : entries) {
            if (done > 0 && System.nanoTime() - settled >= SETTLE.toNanos()) {
                inbox.remove(current, TIMEOUT, done);
                done = 0;
                settled = System.nanoTime();
            }
            if (!handle(entry)) {
                break;
            }
            done++;
        }
        return done;
    }

    /** @return false when the subscription has ended, and the handler was not called */
    private boolean handle(byte[] entry) {
        if (!departure.handlerStarts()) {
            return false;
        }
        try {
            handler.handle(MessageCodec.decode(entry));
        } catch (Throwable failure) {
            // Whatever is thrown, Errors included, is counted and ends nothing (rule G-12).
            parts.errors().handlers.increment();
        } finally {
            departure.handlerEnded();
        }
        return true;
    }

    private void recover(RedisFailure failure) {
        link.cut();
        if (!departure.hasBegun()) {
            LOG.warn("{} lost Redis ({}) and tries again", thread.getName(), failure.text());
        }
        departure.pause(patience.next());
    }

    private void leave(@Nullable Caller caller) {
        try {
            if (caller != null) {
                parts.server().leave(caller, LAST_WORDS, topic, id);
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

    @Override
    public void beginClosing() {
        if (departure.begin()) {
            link.endWaits(parts.timer(), parts.line()::ifConnected);
        }
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
