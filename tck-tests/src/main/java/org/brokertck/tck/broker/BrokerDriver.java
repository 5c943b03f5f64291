package org.brokertck.tck.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.history.broker.BrokerHistory;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.broker.BrokerWorkload;
import org.brokertck.tck.workload.broker.PlannedListener;
import org.brokertck.tck.workload.broker.PlannedProduce;

/** Carries out a random workload on a fresh broker, and has what happened judged. */
final class BrokerDriver {
    private BrokerDriver() {}

    /** Runs the workload to its end, and fails the test when the check finds the rule broken. */
    static void judge(BrokerRules tests, String ruleId, BrokerWorkload workload, Check<BrokerHistory> check) {
        try (BrokerUnderTest broker = BrokerUnderTest.open(tests, ruleId)) {
            run(broker, workload);
            broker.judgeSettled(check);
        }
    }

    /** Subscribes, and produces everything, each producer from a thread of its own. */
    static void run(BrokerUnderTest broker, BrokerWorkload workload) {
        workload.listeners().forEach(it -> broker.subscribe(it.topic(), handler(it)));
        List<Running<Boolean>> producers = new ArrayList<>();
        for (List<PlannedProduce> messages : workload.producers()) {
            String producer = "producer-" + producers.size();
            producers.add(Bounded.startRun(
                    producer,
                    () -> messages.forEach(it -> broker.recorded().produce(producer, it.topic(), it.message()))));
        }
        producers.forEach(it -> broker.run(
                "produce by several threads",
                broker.timeouts().await().multipliedBy(2),
                () -> it.await(broker.timeouts().await())));
    }

    private static MessageHandler handler(PlannedListener listener) {
        AtomicInteger seen = new AtomicInteger();
        return message -> {
            if (listener.busyMicros() > 0) {
                LockSupport.parkNanos(listener.busyMicros() * 1000L);
            }
            if (listener.failsEach() > 0 && seen.incrementAndGet() % listener.failsEach() == 0) {
                throw new IllegalStateException("as planned");
            }
        };
    }
}
