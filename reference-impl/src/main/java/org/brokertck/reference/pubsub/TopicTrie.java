package org.brokertck.reference.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.brokertck.api.pubsub.TopicPattern;

/**
 * Who subscribed to what, by the words of the patterns. Immutable: a change makes a new trie that shares with the old one all but
 * the path to what changed, so that it costs little however many subscribers there are, and a match sees all subscriptions as they
 * were at one moment. What a match costs depends on the patterns that match the beginning of the topic, and hardly on the others.
 *
 * @param <S> a subscriber; subscribers that are equal are one
 */
public final class TopicTrie<S> {
    private final TopicNode<S> root;
    private final int size;

    private TopicTrie(TopicNode<S> root, int size) {
        this.root = root;
        this.size = size;
    }

    /** Nobody subscribed to anything. */
    public static <S> TopicTrie<S> empty() {
        return new TopicTrie<>(TopicNode.empty(), 0);
    }

    /** With this subscription; this trie itself when it has it already. */
    public TopicTrie<S> with(TopicPattern pattern, S subscriber) {
        TopicNode<S> more = root.with(path(pattern), 0, Objects.requireNonNull(subscriber, "subscriber"));
        return more == root ? this : new TopicTrie<>(more, size + 1);
    }

    /** Without this subscription; this trie itself when it does not have it. */
    public TopicTrie<S> without(TopicPattern pattern, S subscriber) {
        TopicNode<S> fewer = root.without(path(pattern), 0, Objects.requireNonNull(subscriber, "subscriber"));
        return fewer == root ? this : new TopicTrie<>(fewer, size - 1);
    }

    /**
     * The subscribers whose patterns match, in no order. One is there as often as it has such patterns, and once for each, in
     * however many ways that matches.
     *
     * @param topic as {@link TopicPattern#requireTopic} takes it; this does not check
     */
    public List<S> match(String topic) {
        return TopicMatch.of(topic, root);
    }

    /** The subscribers to patterns that match the same topics as this one, and are written with the same words or wildcards. */
    public List<S> subscribers(TopicPattern pattern) {
        TopicNode<S> node = root;
        for (Word word : path(pattern)) {
            node = node.next(word);
            if (node == null) {
                return List.of();
            }
        }
        List<S> subscribers = new ArrayList<>();
        node.subscribers().forEach(subscribers::add);
        return subscribers;
    }

    /** All subscribers, each as often as it has patterns. */
    public List<S> subscribers() {
        List<S> subscribers = new ArrayList<>(size);
        collect(root, subscribers);
        return subscribers;
    }

    /** The number of subscriptions. */
    public int size() {
        return size;
    }

    private static <S> void collect(TopicNode<S> node, List<S> subscribers) {
        node.subscribers().forEach(subscribers::add);
        node.words().forEach(it -> collect(it.node(), subscribers));
        if (node.oneWord() != null) {
            collect(node.oneWord(), subscribers);
        }
        if (node.anyWords() != null) {
            collect(node.anyWords(), subscribers);
        }
    }

    /** The words of a pattern, in each run of wildcards first the {@code *} and then one {@code #} for all, which means the same. */
    private static Word[] path(TopicPattern pattern) {
        List<Word> path = new ArrayList<>();
        boolean any = false;
        for (String text : pattern.words()) {
            Word word = Word.of(text);
            if (word.equals(TopicNode.ANY_WORDS)) {
                any = true;
                continue;
            }
            if (any && !word.equals(TopicNode.ONE_WORD)) {
                path.add(TopicNode.ANY_WORDS);
                any = false;
            }
            path.add(word);
        }
        if (any) {
            path.add(TopicNode.ANY_WORDS);
        }
        return path.toArray(Word[]::new);
    }
}
