package org.brokertck.reference.multibroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.Health;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the rules leave open, and what they cannot see from outside. */
@Timeout(30)
class InMemoryMessageBrokerTest {
    private static final BrokerConfig TIGHT =
            BrokerConfig.builder().capacity(2).produceTimeout(Duration.ZERO).build();

    @Test
    void aFullSubscriberRefusesForAllAndMakesTheBrokerDegraded() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        List<String> heard = new CopyOnWriteArrayList<>();
        try (InMemoryMessageBroker broker = InMemoryMessageBroker.open("tight", TIGHT)) {
            broker.subscribe("t", message -> heard.add(message.id()));
            broker.subscribe("t", message -> {
                inside.countDown();
                gate.await();
            });
            broker.produce("t", message("0"));
            inside.await();
            await().until(() -> heard.size() == 1);
            broker.produce("t", message("1"));
            await().until(() -> heard.size() == 2);
            broker.produce("t", message("2"));

            assertThatExceptionOfType(QueueFullException.class)
                    .isThrownBy(() -> broker.produce("t", message("3")))
                    .withMessageContaining("has 2 messages waiting");

            await().until(() -> heard.size() == 3);
            assertThat(heard).containsExactly("0", "1", "2");
            assertThat(broker.health().status()).isEqualTo(Health.DEGRADED);
            assertThat(broker.health().errors()).isEqualTo(1);
            gate.countDown();
            await().until(() -> broker.health().status() == Health.HEALTHY);
        }
    }

    @Test
    void aTopicThatNobodyHearsTakesNoRoom() {
        try (InMemoryMessageBroker broker = InMemoryMessageBroker.open("tight", TIGHT)) {
            for (int i = 0; i < 10; i++) {
                broker.produce("unheard", message("m-" + i));
            }
            assertThat(broker.health().status()).isEqualTo(Health.HEALTHY);
        }
    }

    private static Message message(String id) {
        return Message.builder().id(id).build();
    }
}
