package org.brokertck.tck.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.api.target.Contract;
import org.brokertck.tck.workload.QueueWorkload;
import org.brokertck.tck.workload.Workloads;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Shrinking ends in time, with the smallest workload that was seen to fail. */
class ShrinkingBudgetTest {
    /** Fails for nearly every workload, so that there is no end to making it smaller. */
    static class Endless implements RuleTests {
        @Override
        public ConformanceTarget target() {
            return new ConformanceTarget() {
                @Override
                public String name() {
                    return "nothing";
                }

                @Override
                public Set<Contract> contracts() {
                    return Set.of(Contract.QUEUE);
                }
            };
        }

        @Override
        public Contract contract() {
            return Contract.QUEUE;
        }

        @Property
        void failsWithSomeMessages(@ForAll(supplier = Workloads.ComingAndGoing.class) QueueWorkload workload) {
            if (workload.messagesById().size() > 3) {
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                throw new AssertionError(
                        "more than three: " + workload.messagesById().size());
            }
        }
    }

    @Test
    void shrinkingEndsInTime() {
        long start = System.nanoTime();

        List<Throwable> failures = failures();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(failures).hasSize(1);
        assertThat(failures.get(0)).isInstanceOf(Falsified.class);
        assertThat(failures.get(0)).hasMessageContaining("more than three").hasMessageContaining("Workload, shrunk: ");
    }

    private static List<Throwable> failures() {
        List<Throwable> failures = new ArrayList<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(Endless.class))
                                .configurationParameters(Map.of("jqwik.database", "target/shrinking.database"))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                result.getThrowable().ifPresent(failures::add);
                            }
                        });
        return failures;
    }
}
