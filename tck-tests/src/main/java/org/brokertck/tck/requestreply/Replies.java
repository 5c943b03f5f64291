package org.brokertck.tck.requestreply;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.message.Message;
import org.brokertck.api.requestreply.RequestHandler;
import org.brokertck.tck.scenario.Messages;

/** Handlers for scenarios. */
final class Replies {
    private Replies() {}

    /** A reply that tells by all of its fields which request it is for. */
    static Message to(Message request) {
        return Messages.builder("reply-to-" + request.id())
                .topic("replies")
                .payload(("reply to " + new String(request.payload(), StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8))
                .build();
    }

    /** Replies at once. */
    static RequestHandler prompt() {
        return Replies::to;
    }

    /** Holds each request until it is let go, for at most the given time, so that none outlives its test by long. */
    static final class Held implements RequestHandler {
        private final Set<String> arrived = ConcurrentHashMap.newKeySet();
        private final ConcurrentHashMap<String, CountDownLatch> latches = new ConcurrentHashMap<>();
        private final Duration limit;

        Held(Duration limit) {
            this.limit = limit;
        }

        @Override
        public Message handle(Message request) throws InterruptedException {
            arrived.add(request.id());
            if (!latch(request.id()).await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("held for longer than " + limit);
            }
            return to(request);
        }

        private CountDownLatch latch(String id) {
            return latches.computeIfAbsent(id, it -> new CountDownLatch(1));
        }

        /** How many requests have come. */
        int arrived() {
            return arrived.size();
        }

        boolean hasArrived(String id) {
            return arrived.contains(id);
        }

        /** Lets a request be answered, be it here or yet to come. */
        void release(String id) {
            latch(id).countDown();
        }
    }

    /** Where handlers wait for one another, for at most the given time. */
    static final class Gathered {
        private final CountDownLatch missing;
        private final Duration limit;

        Gathered(int handlers, Duration limit) {
            this.missing = new CountDownLatch(handlers);
            this.limit = limit;
        }

        /** How many have not come yet. */
        long missing() {
            return missing.getCount();
        }

        void await() throws InterruptedException {
            missing.countDown();
            if (!missing.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException(missing.getCount() + " more requests did not come within " + limit);
            }
        }
    }
}
