package org.brokertck.cli.unsafe;

import static org.brokertck.cli.unsafe.RedisPubSubHabit.GLOBS;
import static org.brokertck.cli.unsafe.RedisPubSubHabit.SILENT_RECONNECT;
import static org.brokertck.cli.unsafe.RedisPubSubHabit.UNCONFIRMED;

import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.containers.BrokerContainer;
import org.brokertck.containers.ContainerSpec;

/** The careless set-ups of publish/subscribe on Redis. */
final class RedisPubSubSetups {
    private RedisPubSubSetups() {}

    static Stream<UnsafeSetup> all() {
        return Stream.of(
                setup(GLOBS, "P-2", "its pattern does not match that", 0.5),
                setup(
                        UNCONFIRMED,
                        "P-1",
                        "did not receive .* while it lived|received (nothing within|.* where .* is due)",
                        0.2),
                setup(SILENT_RECONNECT, "P-18", "says that it had (0|fewer|no) gap", 0.3));
    }

    private static UnsafeSetup setup(RedisPubSubHabit habit, String rule, String finding, double patience) {
        return new UnsafeSetup(
                "Redis publish/subscribe " + habit,
                rule,
                Pattern.compile(finding),
                patience,
                naive(Set.of(habit)),
                naive(Set.of()));
    }

    private static Function<Servers, ConformanceTarget> naive(Set<RedisPubSubHabit> habits) {
        return servers -> {
            BrokerContainer server = servers.with(ContainerSpec.of("redis"));
            return new NaivePubSubTarget(
                    "redis " + habits,
                    server,
                    (broker, config) -> new NaiveRedisPubSub(server.uri(), broker, config, habits),
                    // The server keeps nothing of it.
                    broker -> {});
        };
    }
}
