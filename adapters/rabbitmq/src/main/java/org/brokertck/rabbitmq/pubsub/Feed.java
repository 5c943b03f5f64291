package org.brokertck.rabbitmq.pubsub;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.brokertck.adapter.pubsub.BufferedSubscription;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.InstanceThreads;
import org.brokertck.rabbitmq.connection.Link;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an {@link Inbox} open and its bindings as they are wanted. One thread of its own does all that waits for the server: each
 * change is noted first and carried out then, so that when the connection fails in between, the next inbox is made after the notes.
 */
final class Feed {
    /** A change, made known to the inbox of now. */
    private interface Change {
        void carryOut(Inbox inbox) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Duration SLICE = Duration.ofMillis(100);
    private static final Change NONE = inbox -> {};

    private final Link link;
    private final TopicExchange exchange;
    private final Subscriptions subscriptions;
    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Set<Joining> waiting = ConcurrentHashMap.newKeySet();
    /** Those whose binding was asked for, by the numbers of their markers. */
    private final Map<Long, Joining> joining = new ConcurrentHashMap<>();
    /** How many subscriptions want each binding key; the thread's own. */
    private final Map<String, Integer> wanted = new HashMap<>();

    private final CompletableFuture<Void> firstInbox = new CompletableFuture<>();
    private final Thread thread;
    private boolean received;
    private volatile boolean stopped;
    private volatile @Nullable Exception lastFailure;

    Feed(Link link, TopicExchange exchange, Subscriptions subscriptions, InstanceThreads threads) {
        this.link = link;
        this.exchange = exchange;
        this.subscriptions = subscriptions;
        this.thread = threads.helper("feed", this::run);
        thread.start();
    }

    /**
     * Waits until something can be received.
     *
     * @throws BrokerUnavailableException when the first attempt to connect fails, or the time runs out
     */
    void awaitFirst(Deadline deadline) throws InterruptedException {
        link.awaitFirstAttempt(deadline);
        if (!isDone(firstInbox, deadline)) {
            throw unavailable();
        }
    }

    /**
     * Begins a subscription, and returns when it has begun.
     *
     * @throws BrokerUnavailableException when it has not begun in time, and never will
     */
    void join(BufferedSubscription subscription, Deadline deadline) throws InterruptedException {
        long number = numbers.incrementAndGet();
        Joining joins = new Joining(subscription);
        waiting.add(joins);
        changes.add(inbox -> begin(number, joins, inbox));
        try {
            if (!stopped && !isDone(joins.begun(), deadline) && joins.giveUp()) {
                throw unavailable();
            }
        } finally {
            waiting.remove(joins);
            // An interrupt too gives up, unless it came too late.
            if (joins.giveUp() || !joins.begun().join()) {
                leave(subscription);
            }
        }
        if (stopped) {
            throw new ClosedException("The broker was closed while the subscription began: open it again");
        }
    }

    /** Takes a subscription out; what arrives from now on is not for it. */
    void leave(BufferedSubscription subscription) {
        subscriptions.remove(subscription);
        changes.add(inbox -> unwant(BindingKey.of(subscription.pattern()), inbox));
    }

    /** Ends the thread, and refuses whoever waits. */
    void stop() {
        stopped = true;
        waiting.forEach(Joining::giveUp);
        changes.add(NONE);
        thread.interrupt();
    }

    private BrokerUnavailableException unavailable() {
        Exception failure = lastFailure;
        return failure == null ? link.unavailable() : link.unavailable(failure);
    }

    private static boolean isDone(CompletableFuture<?> future, Deadline deadline) throws InterruptedException {
        try {
            future.get(Math.max(1, deadline.nanosLeft()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void begin(long number, Joining joins, Inbox inbox) throws IOException {
        String key = BindingKey.of(joins.subscription().pattern());
        joining.put(number, joins);
        boolean first = wanted.merge(key, 1, Integer::sum) == 1;
        if (first) {
            inbox.bind(key);
        }
        inbox.mark(number);
    }

    private void unwant(String key, Inbox inbox) throws IOException {
        Integer left = wanted.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        if (left == null) {
            inbox.unbind(key);
        }
    }

    private void marked(long number) {
        Joining begins = joining.remove(number);
        if (begins != null) {
            // First, so that who learns of the beginning finds it counted.
            subscriptions.add(begins.subscription());
            if (!begins.begin()) {
                subscriptions.remove(begins.subscription());
            }
        }
    }

    private void run() {
        try {
            while (!stopped) {
                receiveAndRecover();
            }
        } catch (ClosedException | InterruptedException closed) {
            LOG.trace("The feed of '{}' was ended", exchange.name());
        }
    }

    private void receiveAndRecover() throws InterruptedException {
        try {
            receiveWhileItWorks(link.await(Deadline.in(SLICE)));
        } catch (BrokerUnavailableException stillAway) {
            LOG.trace("'{}' waits for its server", exchange.name());
        } catch (ClosedException closed) {
            throw closed;
        } catch (IOException | TimeoutException | RuntimeException e) {
            lastFailure = e;
            link.dropIfSilent(e);
            LOG.debug("The queue of '{}' was lost and is made again", exchange.name(), e);
            link.pause(SLICE);
        }
    }

    private void receiveWhileItWorks(com.rabbitmq.client.Connection connection)
            throws IOException, TimeoutException, InterruptedException {
        Inbox inbox = new Inbox(connection, exchange, wanted.keySet(), () -> changes.add(NONE));
        try {
            if (received) {
                // Before anything is received again, so that nobody sees what follows the gap and not the gap.
                subscriptions.all().forEach(BufferedSubscription::gap);
                received = false;
            }
            inbox.receive(this::marked, subscriptions::deliver);
            received = true;
            lastFailure = null;
            joining.values().removeIf(it -> !it.isPending());
            for (long number : joining.keySet()) {
                inbox.mark(number);
            }
            firstInbox.complete(null);
            while (!stopped && inbox.isOpen()) {
                changes.take().carryOut(inbox);
            }
        } finally {
            inbox.close();
        }
    }
}
