package org.brokertck.benchmarks.topics;

import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.reference.pubsub.TopicTrie;

/** The reference's trie, which remembers nothing. */
final class TrieMatcher implements Matcher {
    private TopicTrie<Integer> trie = TopicTrie.empty();

    @Override
    public void subscribe(String pattern, int subscriber) {
        trie = trie.with(TopicPattern.of(pattern), subscriber);
    }

    @Override
    public int match(String topic) {
        return trie.match(topic).size();
    }
}
