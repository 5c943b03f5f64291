package org.brokertck.cli.unsafe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.cli.RequiresDocker;
import org.brokertck.tck.run.RuleResult;
import org.brokertck.tck.run.Status;
import org.brokertck.tck.run.TestResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each careless set-up of a real broker is caught by its rule, for the right reason; its safe twin is not. */
@RequiresDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnsafeSetupsIT {
    private final Servers servers = new Servers();

    @TempDir
    private Path reports;

    @AfterAll
    void close() {
        servers.close();
    }

    static Stream<UnsafeSetup> setups() {
        return Stream.of(RedisSetups.all(), RedisPubSubSetups.all(), RedisLogSetups.all(), RabbitMqSetups.all())
                .flatMap(it -> it);
    }

    @ParameterizedTest
    @MethodSource("setups")
    void isCaught(UnsafeSetup setup, TestReporter reporter) {
        RuleResult result = run(setup, setup.unsafe().apply(servers));
        reporter.publishEntry(setup.toString(), describe(result));
        assertThat(result.status()).as(describe(result)).isEqualTo(Status.FAILED);
        List<TestResult> red =
                result.tests().stream().filter(it -> it.status().isRed()).toList();
        assertThat(red).as(describe(result)).allSatisfy(test -> {
            assertThat(test.status()).isEqualTo(Status.FAILED);
            assertThat(test.message()).containsPattern(setup.finding());
        });
    }

    @ParameterizedTest
    @MethodSource("setups")
    void itsSafeTwinIsNot(UnsafeSetup setup, TestReporter reporter) {
        RuleResult result = run(setup, setup.safe().apply(servers));
        reporter.publishEntry(setup.toString(), describe(result));
        assertThat(result.status()).as(describe(result)).isEqualTo(Status.PASSED);
    }

    private RuleResult run(UnsafeSetup setup, ConformanceTarget target) {
        try (target) {
            return Trial.run(target, setup.rule(), setup.patience(), reports);
        }
    }

    private static String describe(RuleResult result) {
        StringBuilder text = new StringBuilder(result.rule().id()).append(": ").append(result.status());
        for (TestResult test : result.tests()) {
            text.append("\n  ")
                    .append(test.name())
                    .append(' ')
                    .append(test.status())
                    .append(" after ")
                    .append(test.durationMillis())
                    .append(" ms: ")
                    .append(test.message().lines().findFirst().orElse(""));
        }
        return text.toString();
    }
}
