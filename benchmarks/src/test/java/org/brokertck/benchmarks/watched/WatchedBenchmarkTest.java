package org.brokertck.benchmarks.watched;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closing the benchmark throws when something that was sent has not arrived. */
class WatchedBenchmarkTest {
    @ParameterizedTest
    @CsvSource({"QUEUE,false", "QUEUE,true", "PUBSUB,false", "PUBSUB,true", "PARTITIONED,false", "PARTITIONED,true"})
    void whatIsSentArrives(Watchable contract, boolean watched) throws Exception {
        WatchedBenchmark benchmark = new WatchedBenchmark();
        benchmark.contract = contract;
        benchmark.watched = watched;
        benchmark.open();
        WatchedBenchmark.Producer producer = new WatchedBenchmark.Producer();
        producer.begin(benchmark);
        for (int i = 0; i < 100_000; i++) {
            benchmark.produce(producer);
        }
        benchmark.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatGoesInAsABurstComesOut(boolean watched) throws Exception {
        BurstBenchmark benchmark = new BurstBenchmark();
        benchmark.watched = watched;
        benchmark.open();
        for (int i = 0; i < 20; i++) {
            benchmark.burst();
        }
        benchmark.close();
    }
}
