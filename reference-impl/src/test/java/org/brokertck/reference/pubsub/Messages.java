package org.brokertck.reference.pubsub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.Subscription;

/** Messages, and what a subscription has of them. */
final class Messages {
    private Messages() {}

    static Message message(String id) {
        return Message.builder().id(id).build();
    }

    /** Takes all that is buffered; the ids. */
    static List<String> drain(Subscription subscription) {
        List<String> ids = new ArrayList<>();
        for (Optional<Message> next = subscription.poll(Duration.ZERO);
                next.isPresent();
                next = subscription.poll(Duration.ZERO)) {
            ids.add(next.get().id());
        }
        return ids;
    }
}
