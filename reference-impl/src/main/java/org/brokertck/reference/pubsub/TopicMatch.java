package org.brokertck.reference.pubsub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One walk of one topic through the trie. It follows what matches and nothing else, and no node twice from the same place in the
 * topic, so that it ends soon whatever {@code #} the patterns have, and finds each subscriber of a pattern once.
 */
final class TopicMatch<S> {
    private final Word[] topic;
    private final List<S> found = new ArrayList<>();
    /**
     * From which word of the topic on a {@code #} was followed. Only those that stand behind another one can be reached more than
     * once; the map is made when the first of them is.
     */
    private @Nullable Map<TopicNode<S>, Integer> followedFrom;

    private TopicMatch(Word[] topic) {
        this.topic = topic;
    }

    /** The subscribers below the root whose patterns match. */
    static <S> List<S> of(String topic, TopicNode<S> root) {
        TopicMatch<S> match = new TopicMatch<>(Word.split(topic));
        match.visit(root, 0, false);
        return match.found;
    }

    /** The pattern up to this node matches the first {@code at} words. */
    private void visit(TopicNode<S> node, int at, boolean behindAny) {
        TopicNode<S> any = node.anyWords();
        if (any != null) {
            visitAny(any, at, behindAny);
        }
        if (at < topic.length) {
            follow(node, at, behindAny);
        } else {
            node.subscribers().forEach(found::add);
        }
    }

    /** The pattern up to this {@code #} matches the first {@code from} words, and so it matches any number of words more. */
    private void visitAny(TopicNode<S> any, int from, boolean behindAny) {
        int until = behindAny ? followedFrom(any, from) : topic.length + 1;
        if (until > topic.length) {
            any.subscribers().forEach(found::add);
        }
        for (int at = from; at < Math.min(until, topic.length); at++) {
            follow(any, at, true);
        }
    }

    private void follow(TopicNode<S> node, int at, boolean behindAny) {
        TopicNode<S> one = node.oneWord();
        if (one != null) {
            visit(one, at + 1, behindAny);
        }
        TopicNode<S> word = node.word(topic[at]);
        if (word != null) {
            visit(word, at + 1, behindAny);
        }
    }

    /** From where this {@code #} was followed already: beyond the end when it was not. */
    private int followedFrom(TopicNode<S> any, int from) {
        if (followedFrom == null) {
            followedFrom = new HashMap<>();
        }
        int before = followedFrom.getOrDefault(any, topic.length + 1);
        followedFrom.put(any, Math.min(before, from));
        return before;
    }
}
