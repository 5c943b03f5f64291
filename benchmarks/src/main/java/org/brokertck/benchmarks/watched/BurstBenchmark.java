package org.brokertck.benchmarks.watched;

import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.message.Message;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.api.monitoring.QueueMonitor;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.reference.monitoring.InMemoryQueueMonitor;
import org.brokertck.reference.monitoring.watch.BrokerWatch;
import org.brokertck.reference.target.InMemoryTarget;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many messages a second go through the queue, watched and not, where the two sides do not meet: a burst goes in while the consumer
 * is held, and comes out when it is let go. So it is the way of a message that is measured, in and out; how producer and consumer hand
 * over to each other, of which {@link WatchedBenchmark} tells as well, has no part in it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class BurstBenchmark {
    private static final int BURST = 10_000;

    /** Whether it is watched. */
    @Param({"false", "true"})
    public boolean watched;

    private final InMemoryTarget reference = new InMemoryTarget();
    private final QueueMonitor monitor = InMemoryQueueMonitor.open("benchmark", MonitorConfig.defaults());
    private final BrokerWatch watch = BrokerWatch.on(monitor);
    private final Message message =
            Message.builder().id("burst").payload(new byte[100]).build();
    private final Semaphore held = new Semaphore(0);
    private final Semaphore gate = new Semaphore(0);
    private final Semaphore done = new Semaphore(0);
    /** Of the consumer's thread alone. */
    private int handled;

    @SuppressWarnings("NullAway.Init")
    private MessageQueue queue;

    /** Opens it, with its consumer. */
    @Setup
    public void open() {
        ConformanceTarget target = watched ? watch.target(reference) : reference;
        queue = target.openQueue(
                "burst", QueueConfig.builder().capacity(2 * BURST).build());
        Objects.requireNonNull(queue.consume(this::handle));
    }

    private void handle(Message unused) throws InterruptedException {
        if (handled == 0) {
            held.release();
            gate.acquire();
        }
        if (++handled == BURST) {
            handled = 0;
            done.release();
        }
    }

    /** A message in and out. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void burst() throws InterruptedException {
        queue.produce(message);
        held.acquire();
        for (int i = 1; i < BURST; i++) {
            queue.produce(message);
        }
        gate.release();
        done.acquire();
    }

    /** Closes it. */
    @TearDown
    public void close() {
        queue.close();
        watch.close();
        monitor.close();
        reference.close();
    }
}
