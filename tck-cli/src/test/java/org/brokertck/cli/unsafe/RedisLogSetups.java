package org.brokertck.cli.unsafe;

import static org.brokertck.cli.unsafe.RedisLogHabit.ACK_FIRST;
import static org.brokertck.cli.unsafe.RedisLogHabit.NO_OWNER;
import static org.brokertck.cli.unsafe.RedisLogHabit.READ_FROM_NOW;

import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.containers.BrokerContainer;
import org.brokertck.containers.ContainerSpec;

/** The careless set-ups of a partitioned log on Redis. */
final class RedisLogSetups {
    private static final String LOST = "records were never settled by group .*, though its members ran on";

    private RedisLogSetups() {}

    static Stream<UnsafeSetup> all() {
        return Stream.of(
                setup(READ_FROM_NOW, "L-7", LOST + "|number \\d+ was not handled within", 0.3),
                setup(ACK_FIRST, "L-10", LOST + "|of the record in its hand there were 0 more attempts", 0.3),
                setup(NO_OWNER, "L-9", "handled records of partition \\d+ at the same time", 0.3));
    }

    private static UnsafeSetup setup(RedisLogHabit habit, String rule, String finding, double patience) {
        return new UnsafeSetup(
                "Redis partitioned log " + habit,
                rule,
                Pattern.compile(finding),
                patience,
                naive(Set.of(habit)),
                naive(Set.of()));
    }

    private static Function<Servers, ConformanceTarget> naive(Set<RedisLogHabit> habits) {
        return servers -> {
            BrokerContainer server = servers.with(ContainerSpec.of("redis"));
            return new NaivePartitionedTarget(
                    "redis " + habits,
                    server,
                    (log, config) -> new NaiveRedisLog(server.uri(), log, config, habits),
                    log -> NaiveRedisLog.remove(server.uri(), log));
        };
    }
}
