package org.brokertck.reference.pubsub;

import java.util.concurrent.Flow;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.reference.Call;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterMethod;

/** The view of a subscription as a stream keeps the rules of Reactive Streams, by their own tests. */
public class SubscriptionStreamTest extends FlowPublisherVerification<Message> {
    /** How long a signal may take, in milliseconds: long, for machines that have other things to do. */
    private static final long TIMEOUT = 10_000;
    /** How long to wait for signals that must not come, in milliseconds. */
    private static final long QUIET = 50;
    /** What a buffer is asked to hold in these tests. */
    private static final int MOST_ELEMENTS = 4096;

    private final InMemoryPubSubBroker broker = InMemoryPubSubBroker.open(
            "stream", PubSubConfig.builder().bufferCapacity(MOST_ELEMENTS).build());

    public SubscriptionStreamTest() {
        super(new TestEnvironment(TIMEOUT, QUIET, QUIET), TIMEOUT);
    }

    @Override
    public Flow.Publisher<Message> createFlowPublisher(long elements) {
        Subscription subscription = broker.subscribe("stream");
        Call.start(() -> {
            for (long i = 0; i < elements; i++) {
                broker.publish("stream", Messages.message("m" + i));
            }
            subscription.close();
        });
        return subscription.asPublisher();
    }

    /** A second subscriber is refused. */
    @Override
    public Flow.Publisher<Message> createFailedFlowPublisher() {
        Flow.Publisher<Message> publisher = broker.subscribe("stream").asPublisher();
        publisher.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {}

            @Override
            public void onNext(Message message) {}

            @Override
            public void onError(Throwable thrown) {}

            @Override
            public void onComplete() {}
        });
        return publisher;
    }

    @Override
    public long maxElementsFromPublisher() {
        return MOST_ELEMENTS;
    }

    @AfterMethod
    void endTheSubscriptions() {
        broker.unsubscribe("stream");
    }
}
