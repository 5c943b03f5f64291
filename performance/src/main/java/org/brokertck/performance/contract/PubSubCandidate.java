package org.brokertck.performance.contract;

import java.util.Optional;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.DiscardedException;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Sender;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Sink;
import org.brokertck.performance.load.Stamp;
import org.brokertck.performance.load.Window;

/**
 * A target's publish/subscribe broker, with one subscription by a pattern. Since a full buffer drops, publishers are kept from
 * running ahead of the subscriber by more than it holds.
 */
public final class PubSubCandidate implements Candidate<Message> {
    private static final String PATTERN = "bench.*.sent";

    private final ConformanceTarget target;

    /** @param target stays open */
    public PubSubCandidate(ConformanceTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public Lane<Message> open(Setup setup, Sink sink) throws Exception {
        if (setup.consumers() != 1) {
            throw new IllegalArgumentException(
                    name() + " is measured with one subscriber, not " + setup.consumers() + ": each gets a copy");
        }
        String name = Names.fresh();
        PubSubConfig config =
                PubSubConfig.builder().bufferCapacity(setup.capacity()).build();
        PubSubBroker broker = target.openPubSub(name, config);
        Subscription subscription = broker.subscribeWithPattern(PATTERN);
        Thread taker = new Thread(() -> take(subscription, sink), "taker");
        taker.setDaemon(true);
        taker.start();
        Window window = new Window(setup.capacity() / 2, sink);
        return new Lane<>() {
            @Override
            public Sender<Message> sender() {
                return new WindowedPublisher(broker, window.permits());
            }

            @Override
            public void close() throws InterruptedException {
                broker.close();
                taker.join();
                target.removePubSub(name);
                if (subscription.dropped() > 0) {
                    throw new DiscardedException(subscription.dropped() + " messages were dropped");
                }
            }
        };
    }

    private static void take(Subscription subscription, Sink sink) {
        Optional<Message> message = subscription.take();
        while (message.isPresent()) {
            sink.accept(Stamp.of(message.get().payloadBuffer()));
            message = subscription.take();
        }
    }

    /** Publishes within the window. */
    private record WindowedPublisher(PubSubBroker broker, Window.Permits permits) implements Sender<Message> {
        @Override
        public void send(Message message) throws InterruptedException {
            permits.take();
            broker.publish(message.topic(), message);
        }

        @Override
        public void flush() {
            permits.giveBack();
        }
    }
}
