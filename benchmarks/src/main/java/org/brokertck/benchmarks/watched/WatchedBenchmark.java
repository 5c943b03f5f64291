package org.brokertck.benchmarks.watched;

import java.util.concurrent.TimeUnit;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.monitoring.InMemoryQueueMonitor;
import org.brokertck.reference.monitoring.watch.BrokerWatch;
import org.brokertck.reference.target.InMemoryTarget;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** How many records a second go through the reference, watched and not. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class WatchedBenchmark {
    /** Whose broker. */
    @Param
    public Watchable contract = Watchable.QUEUE;

    /** Whether it is watched. */
    @Param({"false", "true"})
    public boolean watched;

    private final InMemoryTarget reference = new InMemoryTarget();
    private final QueueMonitor monitor = InMemoryQueueMonitor.open("benchmark", MonitorConfig.defaults());
    private final BrokerWatch watch = BrokerWatch.on(monitor);

    @SuppressWarnings("NullAway.Init")
    private Job<?> job;

    /** Opens it, with its consumers. */
    @Setup
    public void open() throws Exception {
        ConformanceTarget target = watched ? watch.target(reference) : reference;
        job = contract.open(target);
    }

    /** One record. */
    @Benchmark
    public void produce(Producer producer) throws Exception {
        producer.steps.take();
    }

    /** Waits for what was sent, and closes. */
    @TearDown
    public void close() throws Exception {
        job.close();
        watch.close();
        monitor.close();
        reference.close();
    }

    /** One thread's. */
    @State(Scope.Thread)
    public static class Producer {
        @SuppressWarnings("NullAway.Init")
        private Job.Steps<?> steps;

        /** Begins. */
        @Setup
        public void begin(WatchedBenchmark benchmark) throws Exception {
            steps = benchmark.job.steps();
        }
    }
}
