package org.brokertck.benchmarks.topics;

import java.util.ArrayList;
import java.util.List;
import org.brokertck.api.pubsub.TopicPattern;

/** Tries every pattern with the contract's own matcher; what the others find is checked against it. */
final class LinearMatcher implements Matcher {
    private final List<TopicPattern> patterns = new ArrayList<>();

    @Override
    public void subscribe(String pattern, int subscriber) {
        patterns.add(TopicPattern.of(pattern));
    }

    @Override
    public int match(String topic) {
        List<String> words = TopicPattern.wordsOf(topic);
        int found = 0;
        for (TopicPattern pattern : patterns) {
            if (pattern.matches(words)) {
                found++;
            }
        }
        return found;
    }
}
