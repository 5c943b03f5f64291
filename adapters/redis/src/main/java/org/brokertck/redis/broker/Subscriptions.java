package org.brokertck.redis.broker;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The subscriptions of one instance that live, and those that its close ends. */
final class Subscriptions implements Iterable<RedisSubscription> {
    private final Set<RedisSubscription> alive = ConcurrentHashMap.newKeySet();
    /** Those that have ended, as long as their threads live. */
    private final Set<RedisSubscription> departing = ConcurrentHashMap.newKeySet();

    private volatile List<RedisSubscription> leaving = List.of();

    void add(RedisSubscription subscription) {
        alive.add(subscription);
    }

    /** It counts no longer, and its thread may still tell its last. */
    void gone(RedisSubscription subscription) {
        departing.add(subscription);
        alive.remove(subscription);
    }

    /** Its thread has ended, or never began. */
    void ended(RedisSubscription subscription) {
        departing.remove(subscription);
    }

    int count() {
        return alive.size();
    }

    @Override
    public Iterator<RedisSubscription> iterator() {
        return alive.iterator();
    }

    /** Lets no further handler start. */
    void beginClosing() {
        List<RedisSubscription> all = new ArrayList<>(alive);
        all.addAll(departing);
        leaving = all;
        leaving.forEach(RedisSubscription::beginClosing);
    }

    void awaitEnd() {
        leaving.forEach(RedisSubscription::awaitEnd);
    }

    void cutOff() {
        leaving.forEach(RedisSubscription::cutOff);
    }

    /** Whether the calling thread runs one of their handlers. */
    boolean isHandlerThread() {
        List<RedisSubscription> all = new ArrayList<>(leaving);
        all.addAll(alive);
        return all.stream().anyMatch(RedisSubscription::isCurrentThread);
    }
}
