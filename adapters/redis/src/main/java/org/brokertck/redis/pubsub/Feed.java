package org.brokertck.redis.pubsub;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.adapter.pubsub.BufferedSubscription;
import org.brokertck.adapter.pubsub.TopicCounters;
import org.brokertck.api.message.Message;
import org.brokertck.redis.connection.Bytes;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Lifecycle;
import org.brokertck.redis.connection.MessageCodec;
import org.brokertck.redis.connection.Patience;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.Wire;
import org.brokertck.redis.connection.Wiring;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection over which a broker hears from the server. Subscriptions are there when the server has confirmed them; when the
 * connection was lost they all are asked for again on a new one, and each learns of the gap (rule P-18).
 */
final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private static final int ROUTES_PER_COMMAND = 500;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final TopicCounters counters;
    private final Lifecycle lifecycle;
    private final ScheduledExecutorService timer;
    private final Wiring wiring;

    /** Held when the routes change together with what the server is told of it, so that it hears of all in the same order. */
    private final ReentrantLock changing = new ReentrantLock();

    private final Routes routes;
    private final Patience patience = new Patience();

    /** The connection that the routes were asked for on; it may be lost. */
    private @Nullable Wire current;

    private volatile @Nullable RedisFailure lastFailure;

    /** @param timer for reconnecting and heartbeats */
    Feed(
            RedisAddress address,
            String threadName,
            Channels channels,
            TopicCounters counters,
            Lifecycle lifecycle,
            ScheduledExecutorService timer) {
        this.routes = new Routes(channels);
        this.counters = counters;
        this.lifecycle = lifecycle;
        this.timer = timer;
        this.wiring = new Wiring(address, threadName, this::pushed, this::restore, this::afterLoss);
    }

    /** Connects. @throws RedisFailure when that fails */
    void open(Deadline deadline) throws InterruptedException {
        Wire unused = wiring.connected(deadline);
        ScheduledFuture<?> unusedToo = timer.scheduleWithFixedDelay(
                this::beat, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Has the subscription served, and returns when it is.
     *
     * @throws RedisFailure when it is not in time; then it is forgotten
     * @throws InterruptedException likewise
     */
    void add(BufferedSubscription subscription, Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        CompletableFuture<Void> served = ask(subscription);
        boolean done = false;
        try {
            served.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
            done = true;
        } catch (TimeoutException e) {
            RedisFailure last = lastFailure;
            throw last != null ? last : new RedisFailure(RedisFailure.Kind.LOST, "no answer in time", e);
        } catch (ExecutionException e) {
            throw (RedisFailure) e.getCause();
        } finally {
            if (!done) {
                remove(subscription);
            }
        }
    }

    /** Has it served no more. Does not wait for the server. */
    void remove(BufferedSubscription subscription) {
        changing.lock();
        try {
            Route unwanted = routes.remove(subscription);
            Wire wire = current;
            if (unwanted != null && wire != null) {
                CompletableFuture<?> unused =
                        wire.subscribe(unwanted.unsubscribing(), List.of(unwanted.name), () -> {});
            }
        } finally {
            changing.unlock();
        }
    }

    /** The subscriptions made with this text; with null, all. */
    List<BufferedSubscription> subscriptions(@Nullable String text) {
        changing.lock();
        try {
            return routes.subscriptions(text);
        } finally {
            changing.unlock();
        }
    }

    int count() {
        changing.lock();
        try {
            return routes.subscriptions();
        } finally {
            changing.unlock();
        }
    }

    void close() {
        wiring.close();
    }

    private CompletableFuture<Void> ask(BufferedSubscription subscription) {
        CompletableFuture<Void> served = new CompletableFuture<>();
        changing.lock();
        try {
            lifecycle.requireOpen();
            Route route = routes.add(subscription, served);
            Wire wire = current;
            if (wire != null) {
                // Also when the route is there: only the server's answer parts what was published before from what
                // comes after.
                CompletableFuture<?> unused =
                        subscribe(wire, List.of(route)).whenComplete((done, failure) -> fail(served, failure));
            }
            return served;
        } finally {
            changing.unlock();
        }
    }

    /** What the server refuses it would refuse again; what got lost is asked for again with the next connection. */
    private static void fail(CompletableFuture<Void> served, @Nullable Throwable failure) {
        if (failure instanceof RedisFailure it && it.kind() == RedisFailure.Kind.REFUSED) {
            served.completeExceptionally(it);
        }
    }

    /** One command for routes of one kind. */
    private static CompletableFuture<?> subscribe(Wire wire, List<Route> same) {
        List<List<Route.Wish>> wishes = same.stream().map(Route::unserved).toList();
        List<byte[]> names = same.stream().map(route -> route.name).toList();
        return wire.subscribe(same.get(0).subscribing(), names, () -> {
            for (int i = 0; i < same.size(); i++) {
                same.get(i).serve(wishes.get(i));
            }
        });
    }

    /** Asks for everything again on a new connection, before anybody else can use it. */
    private void restore(Wire wire) {
        changing.lock();
        try {
            if (current != null) {
                routes.all().forEach(Route::countGap);
            }
            // From here on, and under the same lock, whoever wants something new asks for it himself.
            current = wire;
            for (boolean glob : new boolean[] {false, true}) {
                List<Route> same = routes.all(glob);
                for (int from = 0; from < same.size(); from += ROUTES_PER_COMMAND) {
                    List<Route> some = same.subList(from, Math.min(same.size(), from + ROUTES_PER_COMMAND));
                    CompletableFuture<?> unused = subscribe(wire, some);
                }
            }
        } finally {
            changing.unlock();
        }
    }

    private void pushed(List<Object> push) {
        boolean glob = push.size() == 4;
        if (push.size() < 3 || !(push.get(push.size() - 1) instanceof byte[] payload)) {
            return;
        }
        Route route = routes.find(glob, (byte[]) push.get(1));
        if (route == null) {
            return;
        }
        try {
            Message message = MessageCodec.decode(payload);
            List<BufferedSubscription> matching = route.matching(message.topic());
            if (!matching.isEmpty()) {
                TopicCounters.Counter counter = counters.of(message.topic());
                matching.forEach(subscription -> subscription.offer(message, counter));
            }
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "What came on channel {} is none of ours ({})",
                    Bytes.text(push.get(push.size() - 2)),
                    e.getMessage());
        }
    }

    private void afterLoss() {
        if (!lifecycle.isClosing()) {
            LOG.warn("The connection of the subscriptions to Redis was lost; it is made again");
            again(Duration.ZERO);
        }
    }

    private void again(Duration delay) {
        try {
            ScheduledFuture<?> unused = timer.schedule(this::reconnect, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The broker is closing.
        }
    }

    private void reconnect() {
        try {
            Wire unused = wiring.connected(Deadline.in(CONNECT));
            lastFailure = null;
            patience.reset();
        } catch (RedisFailure e) {
            lastFailure = e;
            if (!lifecycle.isClosing()) {
                again(patience.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Finds out that a server is gone which never said so. */
    private void beat() {
        Wire wire = wiring.ifConnected();
        try {
            if (wire != null) {
                wire.probe(HEARTBEAT);
            }
        } catch (RedisFailure e) {
            LOG.debug("Redis does not answer ({})", e.text());
        }
    }
}
