package org.brokertck.adapter.partitioned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.brokertck.api.partitioned.DeadRecord;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.partitioned.RecordHandler;
import org.brokertck.api.queue.Backoff;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionRunnerTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Told told = new Told();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void handlesInOrderAndTriesAgainInPlace() {
        AtomicInteger failures = new AtomicInteger(2);
        PartitionRunner runner = runner(3, 1, record -> {
            if (record.offset() == 1 && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not yet");
            }
        });

        runner.offer(records(0, 3));

        await().until(() -> told.events.size() == 5);
        assertThat(told.events).containsExactly("handled 0", "failed 1 1", "failed 1 2", "handled 1", "handled 2");
    }

    @Test
    void setsAsideAndGoesOn() {
        PartitionRunner runner = runner(2, 0, record -> {
            if (record.offset() == 0) {
                throw new AssertionError("never");
            }
        });

        runner.offer(records(0, 2));

        await().until(() -> told.events.contains("handled 1"));
        assertThat(told.events).containsExactly("failed 0 1", "failed 0 2", "dead 0 after 2: never", "handled 1");
    }

    @Test
    void goesOnCountingWhereAnotherMemberStopped() {
        PartitionRunner runner = runner(3, 0, record -> {
            throw new IllegalStateException("never");
        });

        runner.resumeAfter(2);
        runner.offer(records(0, 1));

        await().until(() -> told.events.size() == 2);
        assertThat(told.events).containsExactly("failed 0 3", "dead 0 after 3: never");
    }

    @Test
    void stopsAfterTheRunningHandlerWhoseOutcomeCounts() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        PartitionRunner runner = runner(1, 0, record -> {
            started.countDown();
            gate.await();
        });
        runner.offer(records(0, 2));
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> ended = runner.stop();
        assertThat(ended).isNotDone();
        gate.countDown();

        ended.get(20, TimeUnit.SECONDS);
        assertThat(told.events).containsExactly("handled 0");
    }

    @Test
    void aCutOffHandlerCountsNoMoreAndIsWaitedFor() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch gate = new CountDownLatch(1);
        PartitionRunner runner = runner(1, 0, record -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
                gate.await();
            }
        });
        runner.offer(records(0, 2));
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(runner.cutOff()).isTrue();
        CompletableFuture<Void> ended = runner.stop();
        assertThat(ended).isNotDone();
        gate.countDown();

        ended.get(20, TimeUnit.SECONDS);
        assertThat(interrupted).isTrue();
        assertThat(told.events).isEmpty();
    }

    @Test
    void aStopDoesNotWaitForARetry() throws Exception {
        PartitionRunner runner = runner(2, 3_600_000, record -> {
            throw new IllegalStateException("never");
        });
        runner.offer(records(0, 1));
        await().until(() -> !told.events.isEmpty() && !runner.isHandling());

        runner.stop().get(20, TimeUnit.SECONDS);

        assertThat(told.events).containsExactly("failed 0 1");
    }

    @Test
    void stopsWhenADeadRecordIsNotKept() throws Exception {
        told.keeps = false;
        PartitionRunner runner = runner(1, 0, record -> {
            throw new IllegalStateException("never");
        });
        runner.offer(records(0, 2));

        await().until(() -> told.events.size() == 2);
        runner.stop().get(20, TimeUnit.SECONDS);

        assertThat(told.events).containsExactly("failed 0 1", "dead 0 after 1: never");
    }

    @Test
    void isNeverConcurrentWithItself() throws Exception {
        for (int round = 0; round < 50; round++) {
            Told events = new Told();
            AtomicInteger inside = new AtomicInteger();
            AtomicBoolean clash = new AtomicBoolean();
            List<Long> order = Collections.synchronizedList(new ArrayList<>());
            PartitionRunner runner = new PartitionRunner(
                    "g",
                    config(2, Duration.ofNanos(1)),
                    record -> {
                        clash.compareAndSet(false, inside.incrementAndGet() != 1);
                        order.add(record.offset());
                        inside.decrementAndGet();
                        if (order.size() % 7 == 0) {
                            throw new IllegalStateException("now and then");
                        }
                    },
                    events,
                    threads,
                    timer);
            for (int i = 0; i < 200; i++) {
                runner.offer(records(i, 1));
            }
            await().until(() -> runner.size() == 0);
            runner.stop().get(20, TimeUnit.SECONDS);
            assertThat(clash).isFalse();
            assertThat(order).isSorted().contains(0L, 199L);
        }
    }

    private PartitionRunner runner(int deliveryLimit, int delayMillis, RecordHandler handler) {
        return new PartitionRunner(
                "g", config(deliveryLimit, Duration.ofMillis(delayMillis)), handler, told, threads, timer);
    }

    private static PartitionedConfig config(int deliveryLimit, Duration delay) {
        return PartitionedConfig.builder()
                .deliveryLimit(deliveryLimit)
                .backoff(Backoff.fixed(delay))
                .build();
    }

    private static List<PartitionRecord> records(long from, int count) {
        return LongStream.range(from, from + count)
                .mapToObj(offset -> PartitionRecord.owned("t", 0, offset, 0, null, new byte[0], Map.of()))
                .toList();
    }

    private static final class Told implements PartitionRunner.Outcomes {
        final List<String> events = Collections.synchronizedList(new ArrayList<>());
        volatile boolean keeps = true;

        @Override
        public void handled(PartitionRecord record) {
            events.add("handled " + record.offset());
        }

        @Override
        public void failed(PartitionRecord record, int attempts) {
            events.add("failed " + record.offset() + " " + attempts);
        }

        @Override
        public boolean setAside(DeadRecord dead) {
            events.add("dead " + dead.record().offset() + " after " + dead.attempts() + ": "
                    + dead.failure().text());
            return keeps;
        }

        @Override
        public void taken(int left) {}
    }
}
