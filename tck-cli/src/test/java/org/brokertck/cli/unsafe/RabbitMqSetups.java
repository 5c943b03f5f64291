package org.brokertck.cli.unsafe;

import static org.brokertck.cli.unsafe.RabbitMqHabit.AUTO_ACK;
import static org.brokertck.cli.unsafe.RabbitMqHabit.AUTO_DELETE;
import static org.brokertck.cli.unsafe.RabbitMqHabit.CONSUMER_DECLARES;
import static org.brokertck.cli.unsafe.RabbitMqHabit.LONG_DELAYS;
import static org.brokertck.cli.unsafe.RabbitMqHabit.NOT_MANDATORY;
import static org.brokertck.cli.unsafe.RabbitMqHabit.NO_CONFIRMS;
import static org.brokertck.cli.unsafe.RabbitMqHabit.ONE_WAITING_QUEUE;
import static org.brokertck.cli.unsafe.RabbitMqHabit.QUEUE_PER_PATTERN;
import static org.brokertck.cli.unsafe.RabbitMqHabit.REQUEUE;
import static org.brokertck.cli.unsafe.RabbitMqHabit.SHORT_QUEUE;
import static org.brokertck.cli.unsafe.RabbitMqHabit.SILENT_RECOVERY;
import static org.brokertck.cli.unsafe.RabbitMqHabit.TRANSIENT_MESSAGES;
import static org.brokertck.cli.unsafe.RabbitMqHabit.UNLIMITED_PREFETCH;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.containers.BrokerContainer;
import org.brokertck.containers.ContainerSpec;

/** The careless set-ups of RabbitMQ. */
final class RabbitMqSetups {
    private static final String LOST = "produced messages were never settled, though the consumers ran on";
    private static final String FORGOTTEN = "the queue opened again delivered \\[\\]";

    private static final String MISSING = "did not receive .*, published to";

    private RabbitMqSetups() {}

    static Stream<UnsafeSetup> all() {
        return Stream.of(
                setup(AUTO_ACK, "Q-24", FORGOTTEN, 0.3, LONG_DELAYS),
                setup(NO_CONFIRMS, "Q-30", LOST, 0.2, SHORT_QUEUE),
                setup(TRANSIENT_MESSAGES, "Q-25", FORGOTTEN, 0.3, LONG_DELAYS),
                setup(AUTO_DELETE, "Q-24", FORGOTTEN, 0.3, LONG_DELAYS),
                setup(NOT_MANDATORY, "Q-1", LOST, 0.5, CONSUMER_DECLARES),
                setup(
                        UNLIMITED_PREFETCH,
                        "Q-6",
                        "blocked in their handlers|one consumer was blocked and another free",
                        0.2),
                setup(ONE_WAITING_QUEUE, "Q-13", "did not come back while another waited", 0.2),
                setup(REQUEUE, "Q-9", "attempt 1 \\(from 0\\) at .* carried retries=0", 0.3),
                pubSub(QUEUE_PER_PATTERN, "P-6", MISSING, 0.3),
                pubSub(SILENT_RECOVERY, "P-18", "says that it had (no gap|fewer gaps)", 0.3));
    }

    private static UnsafeSetup setup(
            RabbitMqHabit habit, String rule, String finding, double patience, RabbitMqHabit... both) {
        EnumSet<RabbitMqHabit> safe = EnumSet.noneOf(RabbitMqHabit.class);
        safe.addAll(Set.of(both));
        EnumSet<RabbitMqHabit> unsafe = EnumSet.copyOf(safe);
        unsafe.add(habit);
        Pattern pattern = Pattern.compile(finding);
        return new UnsafeSetup("RabbitMQ " + habit, rule, pattern, patience, target(unsafe), target(safe));
    }

    private static UnsafeSetup pubSub(RabbitMqHabit habit, String rule, String finding, double patience) {
        return new UnsafeSetup(
                "RabbitMQ " + habit,
                rule,
                Pattern.compile(finding),
                patience,
                pubSubTarget(Set.of(habit)),
                pubSubTarget(Set.of()));
    }

    private static Function<Servers, ConformanceTarget> pubSubTarget(Set<RabbitMqHabit> habits) {
        return servers -> {
            BrokerContainer server = servers.with(ContainerSpec.of("rabbitmq"));
            return new NaivePubSubTarget(
                    "rabbitmq " + habits,
                    server,
                    (broker, config) -> new NaiveRabbitMqPubSub(server.uri(), broker, config, habits),
                    broker -> NaiveRabbitMqPubSub.remove(server.uri(), broker));
        };
    }

    private static Function<Servers, ConformanceTarget> target(Set<RabbitMqHabit> habits) {
        return servers -> {
            BrokerContainer server = servers.with(ContainerSpec.of("rabbitmq"));
            return new NaiveTarget(
                    "rabbitmq " + habits,
                    server,
                    (queue, config) -> new NaiveRabbitMqQueue(server.uri(), queue, config, habits),
                    queue -> NaiveRabbitMqQueue.remove(server.uri(), queue));
        };
    }
}
