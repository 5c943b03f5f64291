package org.brokertck.reference.multibroker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.multibroker.MultiBrokerConfig;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.reference.time.VirtualClock;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final int LOOKS = 200_000;
    private static final List<Health> STATES = List.of(Health.values());

    @Test
    void aBrokerWhoseHealthChangesMeanwhileIsACandidateOnce() throws InterruptedException {
        VirtualClock time = new VirtualClock();
        try (MessageBroker broker =
                new InMemoryTarget().openBroker("b", BrokerConfig.builder().build())) {
            MultiBrokerConfig config = MultiBrokerConfig.builder().build();
            Member member = new Member("b", broker, new Circuit("b", config, time), new BoundedCalls("m", time));
            Roster roster = new Roster("m");
            roster.add(member);
            AtomicBoolean over = new AtomicBoolean();
            Thread looks = new Thread(() -> {
                for (int i = 0; !over.get(); i++) {
                    member.found(found(STATES.get(i % STATES.size())));
                }
            });
            looks.start();

            try {
                for (int i = 0; i < LOOKS; i++) {
                    assertThat(roster.candidates("order.created")).isEqualTo(List.of(member));
                }
            } finally {
                over.set(true);
                looks.join();
            }
        }
    }

    private static HealthStatus found(Health health) {
        return new HealthStatus(health, Duration.ZERO, 0, Instant.EPOCH, Map.of());
    }
}
