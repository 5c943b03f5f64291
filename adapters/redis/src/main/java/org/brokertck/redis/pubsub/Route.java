package org.brokertck.redis.pubsub;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.adapter.pubsub.BufferedSubscription;
import org.brokertck.adapter.pubsub.PatternIndex;
import org.brokertck.api.pubsub.TopicPattern;
import redis.clients.jedis.Protocol.Command;

/**
 * One channel or glob that the server is asked for, and the subscriptions that it serves. Each subscription belongs to one route
 * alone, so that it gets no message twice, on however many routes that comes (rule P-6).
 */
final class Route {
    final byte[] name;
    private final boolean glob;
    private final ReentrantLock lock = new ReentrantLock();
    private final PatternIndex<BufferedSubscription> active = new PatternIndex<>();

    /** Those whose wish the server has not confirmed yet; a message that comes before may have been published before (rule P-8). */
    private final Set<Wish> wishes = new LinkedHashSet<>();

    /** How many subscriptions want this route, confirmed or not. Guarded by the feed. */
    private int wanted;

    Route(byte[] name, boolean glob) {
        this.name = name;
        this.glob = glob;
    }

    /** What one subscription waits for until it is served. */
    record Wish(BufferedSubscription subscription, CompletableFuture<Void> served) {}

    boolean isGlob() {
        return glob;
    }

    Command subscribing() {
        return glob ? Command.PSUBSCRIBE : Command.SUBSCRIBE;
    }

    Command unsubscribing() {
        return glob ? Command.PUNSUBSCRIBE : Command.UNSUBSCRIBE;
    }

    void join(Wish wish) {
        wanted++;
        locked(() -> wishes.add(wish));
    }

    /** @return whether nobody is left */
    boolean leave(Wish wish) {
        locked(() -> {
            wishes.remove(wish);
            active.remove(wish.subscription().topicPattern(), wish.subscription());
        });
        wanted--;
        return wanted == 0;
    }

    List<Wish> unserved() {
        lock.lock();
        try {
            return List.copyOf(wishes);
        } finally {
            lock.unlock();
        }
    }

    /** From here on messages are for these too. */
    void serve(List<Wish> confirmed) {
        locked(() -> confirmed.forEach(wish -> {
            if (wishes.remove(wish)) {
                active.add(wish.subscription().topicPattern(), wish.subscription());
            }
        }));
        confirmed.forEach(wish -> wish.served().complete(null));
    }

    /** The connection is there again: what came in between is missing. */
    void countGap() {
        lock.lock();
        try {
            active.forEach(BufferedSubscription::gap);
        } finally {
            lock.unlock();
        }
    }

    List<BufferedSubscription> matching(String topic) {
        List<String> words = TopicPattern.wordsOf(topic);
        lock.lock();
        try {
            return active.matching(words);
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
