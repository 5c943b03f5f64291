package org.brokertck.cli.unsafe;

import static org.brokertck.cli.unsafe.RedisHabit.BATCHES;
import static org.brokertck.cli.unsafe.RedisHabit.GROUP_AT_END;
import static org.brokertck.cli.unsafe.RedisHabit.LONG_DELAYS;
import static org.brokertck.cli.unsafe.RedisHabit.NO_ACK;
import static org.brokertck.cli.unsafe.RedisHabit.READD;

import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.containers.BrokerContainer;
import org.brokertck.containers.ContainerSpec;

/** The careless set-ups of Redis. */
final class RedisSetups {
    private static final String LOST = "produced messages were never settled, though the consumers ran on";
    private static final ContainerSpec SAFE = ContainerSpec.of("redis");

    private RedisSetups() {}

    static Stream<UnsafeSetup> all() {
        return Stream.of(
                setup(NO_ACK, "Q-29", LOST, 0.2),
                setup(GROUP_AT_END, "Q-1", LOST, 0.5),
                setup(BATCHES, "Q-6", "blocked in their handlers|one consumer was blocked and another free", 0.2),
                setup(READD, "Q-9", "attempt 1 \\(from 0\\) at .* carried retries=0", 0.3),
                noAppendOnlyFile());
    }

    /** A server that keeps its data in memory, as it does unless told otherwise: a kill takes all that came since a snapshot. */
    private static UnsafeSetup noAppendOnlyFile() {
        return new UnsafeSetup(
                "Redis without an append-only file",
                "Q-25",
                Pattern.compile("the queue opened again delivered \\[\\]"),
                0.3,
                naive(SAFE.withArguments("--appendonly", "no"), Set.of(LONG_DELAYS)),
                naive(SAFE, Set.of(LONG_DELAYS)));
    }

    private static UnsafeSetup setup(RedisHabit habit, String rule, String finding, double patience) {
        Pattern pattern = Pattern.compile(finding);
        return new UnsafeSetup(
                "Redis " + habit, rule, pattern, patience, naive(SAFE, Set.of(habit)), naive(SAFE, Set.of()));
    }

    private static Function<Servers, ConformanceTarget> naive(ContainerSpec spec, Set<RedisHabit> habits) {
        return servers -> {
            BrokerContainer server = servers.with(spec);
            return new NaiveTarget(
                    "redis " + habits,
                    server,
                    (queue, config) -> new NaiveRedisQueue(server.uri(), queue, config, habits),
                    queue -> NaiveRedisQueue.remove(server.uri(), queue));
        };
    }
}
