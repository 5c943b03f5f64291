package org.brokertck.redis.requestreply;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The responders of one instance that live, and those that its close ends. */
final class Responders implements Iterable<RedisResponder> {
    private final Set<RedisResponder> alive = ConcurrentHashMap.newKeySet();
    /** Those that have ended, as long as their threads live. */
    private final Set<RedisResponder> departing = ConcurrentHashMap.newKeySet();

    private volatile List<RedisResponder> leaving = List.of();

    void add(RedisResponder responder) {
        alive.add(responder);
    }

    /** It counts no longer, and its thread may still tell its last. */
    void gone(RedisResponder responder) {
        departing.add(responder);
        alive.remove(responder);
    }

    /** Its thread has ended, or never began. */
    void ended(RedisResponder responder) {
        departing.remove(responder);
    }

    int count() {
        return alive.size();
    }

    @Override
    public Iterator<RedisResponder> iterator() {
        return alive.iterator();
    }

    /** Lets none take a further request. */
    void beginClosing() {
        List<RedisResponder> all = new ArrayList<>(alive);
        all.addAll(departing);
        leaving = all;
        leaving.forEach(RedisResponder::beginClosing);
    }

    void awaitEnd() {
        leaving.forEach(RedisResponder::awaitEnd);
    }

    void cutOff() {
        leaving.forEach(RedisResponder::cutOff);
    }

    /** Whether the calling thread runs one of their handlers. */
    boolean isHandlerThread() {
        List<RedisResponder> all = new ArrayList<>(leaving);
        all.addAll(alive);
        return all.stream().anyMatch(RedisResponder::isCurrentThread);
    }
}
