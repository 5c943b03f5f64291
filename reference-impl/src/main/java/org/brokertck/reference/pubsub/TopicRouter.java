package org.brokertck.reference.pubsub;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.pubsub.TopicPattern;

/**
 * Who subscribed to what now, for many threads at once: every call takes effect at one moment, and a match neither waits for nor
 * disturbs anyone. It remembers the matches of topics until a subscription comes or goes; as the memory belongs to one trie, there
 * is nothing that could be left in it by mistake.
 *
 * @param <S> a subscriber; subscribers that are equal are one
 */
public final class TopicRouter<S> {
    /** How many topics are remembered at most; then it begins anew. Those of 100,000 topics take some 10 MiB. */
    private static final int MOST_TOPICS = 1 << 17;
    /** A topic that reaches more subscribers is not remembered: giving them the message costs far more than finding them. */
    private static final int MOST_SUBSCRIBERS = 16;

    /** Held while subscriptions are changed; a match goes without. */
    private final Object changing = new Object();

    private volatile Routes<S> routes = new Routes<>(TopicTrie.empty());

    /** Adds a subscription; one that is there already stays as it is. */
    public void add(TopicPattern pattern, S subscriber) {
        synchronized (changing) {
            changeTo(routes.trie.with(pattern, subscriber));
        }
    }

    /** Removes a subscription; one that is not there is no error. */
    public void remove(TopicPattern pattern, S subscriber) {
        synchronized (changing) {
            changeTo(routes.trie.without(pattern, subscriber));
        }
    }

    /**
     * The subscribers that a topic reaches, as {@link TopicTrie#match} tells them.
     *
     * @return not to be changed
     */
    public List<S> match(String topic) {
        Routes<S> now = routes;
        List<S> known = now.known.get(topic);
        return known != null ? known : find(now, topic);
    }

    /** All subscriptions as they are now. */
    public TopicTrie<S> subscriptions() {
        return routes.trie;
    }

    private List<S> find(Routes<S> now, String topic) {
        List<S> found = now.trie.match(topic);
        if (found.size() <= MOST_SUBSCRIBERS) {
            if (now.known.size() >= MOST_TOPICS) {
                forgetAll();
            }
            now.known.put(topic, found);
        }
        return found;
    }

    private void forgetAll() {
        synchronized (changing) {
            // Unless someone else did it in the meantime.
            if (routes.known.size() >= MOST_TOPICS) {
                routes = new Routes<>(routes.trie);
            }
        }
    }

    private void changeTo(TopicTrie<S> changed) {
        if (changed != routes.trie) {
            routes = new Routes<>(changed);
        }
    }

    /** A trie, and what was found in it. */
    private static final class Routes<S> {
        private final TopicTrie<S> trie;
        private final ConcurrentHashMap<String, List<S>> known = new ConcurrentHashMap<>();

        Routes(TopicTrie<S> trie) {
            this.trie = trie;
        }
    }
}
