package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.BrokerException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.history.QueueHistory;
import org.brokertck.tck.history.RecordedConsumer;
import org.brokertck.tck.history.RecordedQueue;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.PlannedConsumer;
import org.brokertck.tck.workload.PlannedMessage;
import org.brokertck.tck.workload.QueueWorkload;

/** Carries out a random workload on a fresh queue, and has what happened judged. */
final class WorkloadDriver {
    private static final long SAMPLING_INTERVAL_NANOS = 100_000;

    private final QueueRules tests;
    private final QueueUnderTest queue;
    private final RecordedQueue recorded;
    private final QueueWorkload workload;
    private final Map<String, PlannedMessage> plans;
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private final AtomicInteger busyProducers;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final List<Running<Boolean>> actors = new ArrayList<>();

    private WorkloadDriver(QueueRules tests, QueueUnderTest queue, QueueWorkload workload) {
        this.tests = tests;
        this.queue = queue;
        this.recorded = queue.recorded();
        this.workload = workload;
        this.plans = workload.messagesById();
        this.busyProducers = new AtomicInteger(workload.producers().size());
    }

    /** Runs the workload to its end, and fails the test when the check finds the rule broken. */
    static void judge(QueueRules tests, String ruleId, QueueWorkload workload, Check<QueueHistory> check) {
        try (QueueUnderTest queue = open(tests, ruleId, workload)) {
            new WorkloadDriver(tests, queue, workload).run(check);
        }
    }

    /** As {@link #judge}, with the metrics sampled all the while. */
    static void judgeSampled(QueueRules tests, String ruleId, QueueWorkload workload, Check<QueueHistory> check) {
        try (QueueUnderTest queue = open(tests, ruleId, workload)) {
            WorkloadDriver driver = new WorkloadDriver(tests, queue, workload);
            AtomicBoolean done = new AtomicBoolean();
            Running<Boolean> sampler = Bounded.startRun("sampler", () -> driver.sampleUntil(done));
            try {
                driver.start();
                driver.join();
                queue.awaitSettled();
            } finally {
                done.set(true);
                driver.join(sampler);
            }
            queue.judgeSettled(check);
        }
    }

    /** Runs a workload that closes its queue, which the caller opened, and returns when that and all actors have ended. */
    static void runUntilClosed(QueueRules tests, QueueUnderTest queue, QueueWorkload workload) {
        new WorkloadDriver(tests, queue, workload).closeUnderWay();
    }

    private static QueueUnderTest open(QueueRules tests, String ruleId, QueueWorkload workload) {
        QueueConfig config = tests.config()
                .backoff(workload.backoff())
                .capacity(workload.capacity())
                .build();
        return QueueUnderTest.open(tests, ruleId, config);
    }

    private void run(Check<QueueHistory> check) {
        if (workload.closesAfter() == PlannedConsumer.NEVER) {
            start();
            join();
            queue.judgeSettled(check);
        } else {
            closeUnderWay();
            queue.metrics();
            queue.judge(check);
        }
    }

    private void closeUnderWay() {
        start();
        awaitCue(workload.closesAfter());
        closing.set(true);
        queue.closeNow();
        join();
    }

    private void start() {
        workload.consumers().forEach(this::start);
        for (int i = 0; i < workload.producers().size(); i++) {
            String producer = "producer-" + i;
            List<PlannedMessage> messages = workload.producers().get(i);
            actors.add(Bounded.startRun(producer, () -> {
                messages.forEach(it -> tolerant(() -> recorded.produce(producer, it.message())));
                busyProducers.decrementAndGet();
            }));
        }
    }

    private void start(PlannedConsumer plan) {
        if (plan.joinsAfter() == 0 && plan.leavesAfter() == PlannedConsumer.NEVER) {
            queue.consume(message -> handle(message, plan));
        } else {
            actors.add(Bounded.startRun("consumer", () -> tolerant(() -> comeAndGo(plan))));
        }
    }

    private void comeAndGo(PlannedConsumer plan) {
        awaitCue(plan.joinsAfter());
        RecordedConsumer consumer = recorded.consume(message -> handle(message, plan));
        if (plan.leavesAfter() != PlannedConsumer.NEVER) {
            awaitCue(plan.leavesAfter());
            consumer.close();
        }
    }

    /** Waits until so many attempts have begun, or no more will: a workload may never reach its cues. */
    private void awaitCue(int attempts) {
        recorded.await(
                () -> recorded.attempts() >= attempts || nothingMoreComes(),
                tests.timeouts().await());
    }

    private boolean nothingMoreComes() {
        // A message that is lost never settles: whoever waited for it goes on, so that its loss is what is told.
        Duration stalled = tests.timeouts().await().dividedBy(3);
        return closing.get()
                || (busyProducers.get() == 0
                        && (recorded.isSettled() || recorded.still().compareTo(stalled) > 0));
    }

    private void join() {
        actors.forEach(this::join);
    }

    private void join(Running<Boolean> actor) {
        queue.call(
                "the workload",
                tests.timeouts().await().multipliedBy(2),
                () -> actor.await(tests.timeouts().await()));
    }

    private void sampleUntil(AtomicBoolean done) {
        while (!done.get()) {
            recorded.metrics();
            LockSupport.parkNanos(SAMPLING_INTERVAL_NANOS);
        }
    }

    /** A refusal is in the history for the checks to judge; anything that the contract does not know fails the test. */
    private static void tolerant(Runnable call) {
        try {
            call.run();
        } catch (BrokerException refusal) {
            // Recorded as the outcome of the call.
        }
    }

    private void handle(Message message, PlannedConsumer consumer) throws Exception {
        if (consumer.busyMicros() > 0) {
            LockSupport.parkNanos(consumer.busyMicros() * 1000L);
        }
        PlannedMessage plan = plans.get(message.id());
        if (plan != null) {
            plan.handle(attempts.merge(message.id(), 1, Integer::sum) - 1);
        }
    }
}
