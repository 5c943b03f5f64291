package org.brokertck.tck.multibroker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.message.Message;
import org.brokertck.api.multibroker.TopicSubscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The kit's own broker keeps the rules too, or it would accuse the multi-brokers that are made of it. */
class ScriptedBrokerTest {
    private final ScriptedBroker broker = new ScriptedBroker("scripted");
    private final CountDownLatch handed = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @AfterEach
    void endTest() {
        mayEnd.countDown();
        broker.endTest();
    }

    @Test
    void closeWaitsForWhatIsBeingHandedOver() throws InterruptedException {
        handOver();

        waitsForTheHandler(CompletableFuture.runAsync(broker::close));
    }

    @Test
    void theCloseOfASubscriptionDoesSoToo() throws InterruptedException {
        TopicSubscription subscription = handOver();

        waitsForTheHandler(CompletableFuture.runAsync(subscription::close));
    }

    @Test
    void aHandlerMayCloseItsBroker() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        broker.subscribe("t", message -> {
            broker.close();
            closed.countDown();
        });

        broker.produce("t", Message.builder().build());

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private TopicSubscription handOver() throws InterruptedException {
        TopicSubscription subscription = broker.subscribe("t", message -> {
            handed.countDown();
            mayEnd.await();
        });
        broker.produce("t", Message.builder().build());
        assertThat(handed.await(10, TimeUnit.SECONDS)).isTrue();
        return subscription;
    }

    private void waitsForTheHandler(CompletableFuture<Void> closing) {
        assertThat(closing).failsWithin(Duration.ofMillis(100));
        mayEnd.countDown();
        assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
    }
}
