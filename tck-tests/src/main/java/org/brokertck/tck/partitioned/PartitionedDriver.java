package org.brokertck.tck.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.brokertck.api.BrokerException;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.history.partitioned.PartitionedHistory;
import org.brokertck.tck.history.partitioned.RecordId;
import org.brokertck.tck.history.partitioned.RecordedBroker;
import org.brokertck.tck.history.partitioned.RecordedMember;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.partitioned.PartitionedWorkload;
import org.brokertck.tck.workload.partitioned.PlannedMember;
import org.brokertck.tck.workload.partitioned.PlannedMember.End;
import org.brokertck.tck.workload.partitioned.PlannedRecord;
import org.brokertck.tck.workload.partitioned.PlannedRecord.Form;

/** Carries out a random workload on a fresh broker, and has what happened judged. */
final class PartitionedDriver {
    private static final long SAMPLING_INTERVAL_NANOS = 200_000;

    private final PartitionedRules tests;
    private final BrokerUnderTest broker;
    private final RecordedBroker recorded;
    private final PartitionedWorkload workload;
    private final Map<String, PlannedRecord> plans;
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private final AtomicInteger busyProducers;
    private final AtomicBoolean shutDown = new AtomicBoolean();
    private final List<Running<Boolean>> actors = new ArrayList<>();

    private PartitionedDriver(PartitionedRules tests, BrokerUnderTest broker, PartitionedWorkload workload) {
        this.tests = tests;
        this.broker = broker;
        this.recorded = broker.recorded();
        this.workload = workload;
        this.plans = workload.recordsById();
        this.busyProducers = new AtomicInteger(workload.producers().size());
    }

    /** Runs the workload to its end, and fails the test when the check finds the rule broken. */
    static void judge(
            PartitionedRules tests, String ruleId, PartitionedWorkload workload, Check<PartitionedHistory> check) {
        run(tests, ruleId, workload, broker -> broker.judgeSettled(check));
    }

    /** Runs the workload until all its actors have ended, and then this. */
    static void run(
            PartitionedRules tests, String ruleId, PartitionedWorkload workload, Consumer<BrokerUnderTest> afterwards) {
        try (BrokerUnderTest broker = open(tests, ruleId, workload)) {
            PartitionedDriver driver = new PartitionedDriver(tests, broker, workload);
            driver.start();
            driver.join();
            afterwards.accept(broker);
        }
    }

    /** As {@link #judge}, while figures are read all the time. */
    static void judgeSampled(
            PartitionedRules tests,
            String ruleId,
            PartitionedWorkload workload,
            Consumer<RecordedBroker> reading,
            Check<PartitionedHistory> check) {
        try (BrokerUnderTest broker = open(tests, ruleId, workload)) {
            PartitionedDriver driver = new PartitionedDriver(tests, broker, workload);
            AtomicBoolean done = new AtomicBoolean();
            Running<Boolean> sampler = Bounded.startRun("sampler", () -> driver.sampleUntil(done, reading));
            try {
                driver.start();
                driver.join();
                broker.awaitSettled();
            } finally {
                done.set(true);
                broker.join("sampling", sampler);
            }
            broker.judgeSettled(check);
        }
    }

    /** Runs a workload on a broker that the caller opened, shuts it down when so many attempts have begun, and waits for all actors. */
    static void runUntilShutDown(
            PartitionedRules tests, BrokerUnderTest broker, PartitionedWorkload workload, int afterAttempts) {
        PartitionedDriver driver = new PartitionedDriver(tests, broker, workload);
        driver.start();
        driver.awaitCue(afterAttempts);
        driver.shutDown.set(true);
        broker.closeNow();
        driver.join();
    }

    private static BrokerUnderTest open(PartitionedRules tests, String ruleId, PartitionedWorkload workload) {
        return BrokerUnderTest.open(
                tests,
                ruleId,
                workload.partitions(),
                tests.config()
                        .linger(workload.linger())
                        .batchSize(workload.batchSize())
                        .deliveryLimit(PartitionedWorkload.DELIVERY_LIMIT)
                        .build());
    }

    private void start() {
        workload.members().stream().filter(it -> it.joinsAfter() == 0).forEach(this::startMember);
        workload.members().stream().filter(it -> it.joinsAfter() > 0).forEach(this::startMember);
        for (int i = 0; i < workload.producers().size(); i++) {
            String producer = "producer-" + i;
            List<PlannedRecord> records = workload.producers().get(i);
            actors.add(Bounded.startRun(producer, () -> {
                try {
                    produce(producer, records);
                } finally {
                    busyProducers.decrementAndGet();
                }
            }));
        }
    }

    private void produce(String producer, List<PlannedRecord> records) {
        List<KeyedMessage> batch = new ArrayList<>();
        for (PlannedRecord it : records) {
            if (it.form() == Form.BATCH) {
                batch.add(it.message());
                continue;
            }
            flush(producer, batch);
            if (it.form() == Form.ASYNC) {
                tolerant(() -> recorded.produceAsync(producer, BrokerUnderTest.TOPIC, it.message()));
            } else {
                tolerant(() -> recorded.produce(producer, BrokerUnderTest.TOPIC, it.message()));
            }
        }
        flush(producer, batch);
    }

    private void flush(String producer, List<KeyedMessage> batch) {
        if (!batch.isEmpty()) {
            List<KeyedMessage> now = List.copyOf(batch);
            batch.clear();
            tolerant(() -> recorded.produceBatch(producer, BrokerUnderTest.TOPIC, now));
        }
    }

    private void startMember(PlannedMember plan) {
        AtomicBoolean stall = new AtomicBoolean(plan.stalls());
        RecordGate gate = new RecordGate(tests.timeouts().await());
        if (plan.joinsAfter() == 0) {
            RecordedMember member = broker.subscribe(plan.group(), record -> handle(record, plan, stall, gate));
            if (plan.end() != End.STAYS) {
                actors.add(Bounded.startRun("member", () -> tolerant(() -> end(member, plan, gate))));
            }
        } else {
            actors.add(Bounded.startRun(
                    "member",
                    () -> tolerant(() -> {
                        awaitCue(plan.joinsAfter());
                        RecordedMember member = recorded.subscribe(
                                BrokerUnderTest.TOPIC, plan.group(), record -> handle(record, plan, stall, gate));
                        end(member, plan, gate);
                    })));
        }
    }

    private void end(RecordedMember member, PlannedMember plan, RecordGate gate) {
        if (plan.end() == End.STAYS) {
            return;
        }
        awaitCue(plan.endsAfter());
        if (plan.stalls()) {
            awaitStall();
        }
        switch (plan.end()) {
            case LEAVES -> member.close();
            case DIES, STALLS_AND_DIES -> member.abandon();
            default -> {
                // It goes on.
            }
        }
        if (plan.end() == End.STALLS_AND_DIES) {
            awaitStall();
        }
        gate.open();
    }

    /** Long enough for the others to do what they must not while a handler is held; a fraction of the quiet period, since it is often. */
    private void awaitStall() {
        Duration moment = tests.timeouts().quiet().dividedBy(5);
        recorded.await(shutDown::get, moment);
    }

    /** Waits until so many attempts have begun, or no more will: a workload may never reach its cues. */
    private void awaitCue(int count) {
        recorded.await(
                () -> recorded.attempts() >= count || nothingMoreComes(),
                tests.timeouts().await());
    }

    private boolean nothingMoreComes() {
        // What is held, or lost, never settles: whoever waited for it goes on, so that it is told.
        Duration stalled = tests.timeouts().quiet();
        return shutDown.get()
                || (busyProducers.get() == 0
                        && (recorded.isSettled() || recorded.still().compareTo(stalled) > 0));
    }

    private void join() {
        actors.forEach(it -> broker.join("the workload", it));
    }

    private void sampleUntil(AtomicBoolean done, Consumer<RecordedBroker> reading) {
        while (!done.get()) {
            reading.accept(recorded);
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

    private void handle(PartitionRecord record, PlannedMember member, AtomicBoolean stall, RecordGate gate)
            throws Exception {
        if (member.busyMicros() > 0) {
            LockSupport.parkNanos(member.busyMicros() * 1000L);
        }
        if (stall.compareAndSet(true, false)) {
            gate.handleStubbornly(record);
            Thread.interrupted();
        }
        String id = RecordId.of(record);
        PlannedRecord plan = plans.get(id);
        if (plan != null) {
            plan.handle(attempts.merge(member.group() + "/" + id, 1, Integer::sum) - 1);
        }
    }
}
