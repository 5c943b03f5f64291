package org.brokertck.cli.mixed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.api.multibroker.MultiBrokerConfig;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.api.target.BrokerControl;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.cli.RequiresDocker;
import org.brokertck.containers.ContainerTargets;
import org.brokertck.reference.target.InMemoryTarget;
import org.brokertck.tck.check.Verdict;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.broker.BrokerHistory;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/**
 * RabbitMQ, Redis and a broker in memory behind one multi-broker, whose servers are killed, paused, cut off and brought back under
 * load: nothing that was acknowledged is lost, producers hear of no failure where the broker in memory stands in, and traffic returns.
 */
@RequiresDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MixedMultiBrokerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "mixed";
    private static final String ORDERS = "order.created";
    private static final String PROBE = "probe-";
    private static final BrokerConfig CONFIG =
            BrokerConfig.builder().produceTimeout(Duration.ofSeconds(2)).build();

    private final ConformanceTarget rabbit = ContainerTargets.start("rabbitmq");
    private final ConformanceTarget redis = ContainerTargets.start("redis");
    private final ConformanceTarget memory = new InMemoryTarget();
    private final MultiBroker multi = memory.openMultiBroker(
            NAME,
            MultiBrokerConfig.builder()
                    .produceTimeout(Duration.ofSeconds(2))
                    .healthInterval(Duration.ofSeconds(1))
                    .healthTimeout(Duration.ofSeconds(1))
                    .probeInterval(Duration.ofMillis(500))
                    .build());

    MixedMultiBrokerIT() {
        multi.addBroker("rabbitmq", rabbit.openBroker(NAME, CONFIG));
        multi.addBroker("redis", redis.openBroker(NAME, CONFIG));
        multi.addBroker("memory", memory.openBroker(NAME, CONFIG));
        multi.setRoutingRule("order.#", "rabbitmq,redis,memory");
        multi.setRoutingRule("user.#", "redis, rabbitmq");
    }

    @AfterAll
    void close() {
        multi.close();
        rabbit.close();
        redis.close();
        memory.close();
    }

    @Test
    void nothingAcknowledgedIsLostWhileServersFailUnderLoad(TestReporter reporter) throws InterruptedException {
        BrokerControl first = rabbit.control().orElseThrow();
        BrokerControl second = redis.control().orElseThrow();
        List<Runnable> faults = List.of(
                first::kill,
                first::start,
                second::pause,
                second::resume,
                first::cutConnections,
                second::cutConnections,
                first::pause,
                second::kill,
                first::resume,
                second::start);
        try (Traffic traffic = new Traffic(multi, ORDERS, "user.created", "audit")) {
            for (Runnable fault : faults) {
                requireGoingOn(traffic);
                fault.run();
            }
            requireGoingOn(traffic);
            requireReturnToThePrimary();
            requireAllHealthy();
            traffic.stop(PATIENCE);
            BrokerHistory history = traffic.settled(PATIENCE);

            reporter.publishEntry("multi-broker", Traffic.describe(history));
            assertThat(new NothingLost().judge(history)).isInstanceOf(Verdict.Valid.class);
            assertThat(history.produces())
                    .as("the broker in memory stands in for both servers, in the same call")
                    .noneMatch(it -> it.topic().equals(ORDERS) && it.outcome() != Outcome.OK);
        }
    }

    private static void requireGoingOn(Traffic traffic) {
        assertThat(traffic.goesOn(300, PATIENCE)).as("traffic goes on").isTrue();
    }

    /** Whoever subscribes at the first broker alone hears what it takes. */
    private void requireReturnToThePrimary() {
        Queue<String> taken = new ConcurrentLinkedQueue<>();
        AtomicInteger probes = new AtomicInteger();
        try (MessageBroker primary = rabbit.openBroker(NAME, CONFIG);
                TopicSubscription witness = primary.subscribe(ORDERS, message -> taken.add(message.id()))) {
            boolean returned = Polling.until(
                    PATIENCE,
                    () -> {
                        multi.produce(ORDERS, Messages.message(PROBE + probes.incrementAndGet()));
                        return taken.stream().anyMatch(it -> it.startsWith(PROBE));
                    },
                    it -> it);
            assertThat(returned).as("traffic returns to the primary").isTrue();
        }
    }

    /** A server that has just been started is found healthy by a later look. */
    private void requireAllHealthy() {
        List<Health> found = Polling.until(
                PATIENCE,
                () -> multi.brokerHealth().values().stream()
                        .map(HealthStatus::status)
                        .toList(),
                it -> it.stream().allMatch(Health.HEALTHY::equals));
        assertThat(found).containsOnly(Health.HEALTHY);
    }
}
