package org.brokertck.benchmarks.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The set-up of the benchmark refuses a matcher that finds other subscribers than the linear one. */
class MatchBenchmarkTest {
    @ParameterizedTest
    @EnumSource
    void everyMatcherFindsTheSame(Matchers matcher) throws Exception {
        assumeThat(matcher.isThere()).as("run with -Dbenchmarks.lib").isTrue();
        for (Subscriptions kind : Subscriptions.values()) {
            MatchBenchmark benchmark = new MatchBenchmark();
            benchmark.matcher = matcher;
            benchmark.kind = kind;
            benchmark.subscriptions = 400;
            benchmark.topics = MatchBenchmark.Topics.ALL;
            benchmark.subscribe();
            int found = 0;
            for (int i = 0; i < 2000 && (found == 0 || i < 200); i++) {
                found += benchmark.match();
            }
            assertThat(found > 0).isEqualTo(kind == Subscriptions.MIXED);
        }
    }

    @Test
    void topicsDiffer() {
        HashSet<String> topics = new HashSet<>();
        IntStream.range(0, Subscriptions.TOPICS).mapToObj(Subscriptions::topic).forEach(topics::add);
        assertThat(topics).hasSize(Subscriptions.TOPICS);
    }

    @Test
    void aPublishReachesTheOneWhoListens() {
        PublishBenchmark benchmark = new PublishBenchmark();
        benchmark.subscribe();
        benchmark.publish();
        benchmark.close();
    }
}
