package org.brokertck.benchmarks.topics;

import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.reference.pubsub.TopicRouter;

/** The reference's router. */
final class RouterMatcher implements Matcher {
    private final TopicRouter<Integer> router = new TopicRouter<>();

    @Override
    public void subscribe(String pattern, int subscriber) {
        router.add(TopicPattern.of(pattern), subscriber);
    }

    @Override
    public int match(String topic) {
        return router.match(topic).size();
    }
}
