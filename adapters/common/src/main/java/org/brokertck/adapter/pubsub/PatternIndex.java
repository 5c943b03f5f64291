package org.brokertck.adapter.pubsub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.brokertck.api.pubsub.TopicPattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds whose patterns match a topic, in time that does not depend on those that do not (rule P-16): a tree of the patterns' words,
 * through which all ways that a topic may take are followed at once, word by word. Each value is found once (rule P-6). For one
 * thread at a time.
 *
 * @param <T> what is found
 */
public final class PatternIndex<T> {
    private static final String ONE = "*";
    private static final String ANY = "#";

    private final Node<T> root = new Node<>(false);

    /** Has the value found by what the pattern matches. */
    public void add(TopicPattern pattern, T value) {
        Node<T> node = root;
        for (String word : pattern.words()) {
            node = node.children.computeIfAbsent(word, key -> new Node<>(key.equals(ANY)));
        }
        node.values.add(value);
    }

    /** Undoes {@link #add}; does nothing when there was none. */
    public void remove(TopicPattern pattern, T value) {
        remove(root, pattern.words(), 0, value);
    }

    /** Shows every value. */
    public void forEach(Consumer<T> action) {
        root.forEach(action);
    }

    /** The values whose patterns match these words of a topic. */
    public List<T> matching(List<String> topic) {
        Set<Node<T>> reached = new LinkedHashSet<>();
        reach(root, reached);
        for (String word : topic) {
            Set<Node<T>> next = new LinkedHashSet<>();
            for (Node<T> node : reached) {
                if (node.any) {
                    reach(node, next);
                }
                reach(node.children.get(word), next);
                reach(node.children.get(ONE), next);
            }
            reached = next;
        }
        List<T> found = new ArrayList<>();
        reached.forEach(node -> found.addAll(node.values));
        return found;
    }

    /** The node, and those that zero further words reach. */
    private void reach(@Nullable Node<T> node, Set<Node<T>> reached) {
        if (node != null && reached.add(node)) {
            reach(node.children.get(ANY), reached);
        }
    }

    /** Takes with it the branches that bear nothing any more. */
    private void remove(Node<T> node, List<String> words, int depth, T value) {
        if (depth == words.size()) {
            node.values.remove(value);
            return;
        }
        Node<T> child = node.children.get(words.get(depth));
        if (child != null) {
            remove(child, words, depth + 1, value);
            if (child.isEmpty()) {
                node.children.remove(words.get(depth));
            }
        }
    }

    private static final class Node<T> {
        /** Whether it stands for any number of words. */
        final boolean any;

        final Map<String, Node<T>> children = new HashMap<>(2);
        final Set<T> values = new LinkedHashSet<>(2);

        Node(boolean any) {
            this.any = any;
        }

        void forEach(Consumer<T> action) {
            values.forEach(action);
            children.values().forEach(child -> child.forEach(action));
        }

        boolean isEmpty() {
            return children.isEmpty() && values.isEmpty();
        }
    }
}
