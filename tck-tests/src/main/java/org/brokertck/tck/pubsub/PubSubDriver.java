package org.brokertck.tck.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.BrokerException;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.check.pubsub.DropsCounted;
import org.brokertck.tck.history.pubsub.PubSubHistory;
import org.brokertck.tck.history.pubsub.RecordedPubSub;
import org.brokertck.tck.history.pubsub.RecordedSubscription;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.workload.pubsub.PlannedPublish;
import org.brokertck.tck.workload.pubsub.PlannedSubscriber;
import org.brokertck.tck.workload.pubsub.PlannedSubscriber.Leaving;
import org.brokertck.tck.workload.pubsub.PubSubWorkload;

/**
 * Carries out a random workload on a fresh broker, and has what happened judged. When all publishers are done and nobody moves any
 * more, each publisher sends a sentinel to every subscription that lives.
 */
final class PubSubDriver {
    private static final long SAMPLING_INTERVAL_NANOS = 100_000;

    private final PubSubRules tests;
    private final PubSubUnderTest broker;
    private final RecordedPubSub recorded;
    private final PubSubWorkload workload;
    private final Cues cues;
    private final Sentinels sentinels;
    /** When those who still take give up: some time after the last publish. */
    private final AtomicLong deadline = new AtomicLong(Long.MAX_VALUE);

    /** How many publishers have not sent their sentinels yet. */
    private final AtomicInteger publishing;

    private final List<Running<Boolean>> actors = new ArrayList<>();

    private PubSubDriver(PubSubRules tests, PubSubUnderTest broker, PubSubWorkload workload) {
        this.tests = tests;
        this.broker = broker;
        this.recorded = broker.recorded();
        this.workload = workload;
        long movers = workload.subscribers().stream()
                .mapToLong(it -> (it.joinsAfter() > 0 ? 1 : 0) + (leaves(it) ? 1 : 0))
                .sum();
        this.sentinels = new Sentinels(workload.publishers().size());
        this.publishing = new AtomicInteger(workload.publishers().size());
        this.cues = new Cues(
                workload.publishers().size(), (int) movers, tests.timeouts().await());
    }

    private static boolean leaves(PlannedSubscriber subscriber) {
        return subscriber.leavesAfter() != PlannedSubscriber.NEVER;
    }

    /** Runs the workload to its end, and fails the test when the check finds the rule broken. */
    static void judge(PubSubRules tests, String ruleId, PubSubWorkload workload, Check<PubSubHistory> check) {
        try (PubSubUnderTest broker = open(tests, ruleId, workload)) {
            new PubSubDriver(tests, broker, workload).run();
            broker.judgeAsDrained(check);
        }
    }

    /** As {@link #judge}, with the metrics sampled all the while, and read once more when they have come to rest. */
    static void judgeSampled(PubSubRules tests, String ruleId, PubSubWorkload workload, Check<PubSubHistory> check) {
        try (PubSubUnderTest broker = open(tests, ruleId, workload)) {
            AtomicBoolean done = new AtomicBoolean();
            Running<Boolean> sampler = Bounded.startRun("sampler", () -> sampleUntil(broker, done));
            try {
                new PubSubDriver(tests, broker, workload).run();
            } finally {
                done.set(true);
                broker.run("metrics", () -> sampler.await(tests.timeouts().await()));
            }
            Rest.awaitCounts(broker);
            broker.judgeAsDrained(check);
        }
    }

    private static void sampleUntil(PubSubUnderTest broker, AtomicBoolean done) {
        while (!done.get()) {
            broker.recorded().metrics();
            LockSupport.parkNanos(SAMPLING_INTERVAL_NANOS);
        }
    }

    /** Runs a workload on a broker that the caller opened. */
    static void run(PubSubRules tests, PubSubUnderTest broker, PubSubWorkload workload) {
        new PubSubDriver(tests, broker, workload).run();
    }

    private static PubSubUnderTest open(PubSubRules tests, String ruleId, PubSubWorkload workload) {
        PubSubConfig config = tests.config()
                .bufferCapacity(workload.bufferCapacity())
                .overflow(workload.overflow())
                .build();
        return PubSubUnderTest.open(tests, ruleId, config);
    }

    private void run() {
        for (PlannedSubscriber plan : workload.subscribers()) {
            if (plan.joinsAfter() > 0) {
                start("subscriber", () -> joinLater(plan));
            } else {
                RecordedSubscription subscription = broker.subscribeWithPattern(plan.pattern());
                start("subscriber", () -> take(subscription, plan));
                leaveLater(subscription, plan);
            }
        }
        for (int p = 0; p < workload.publishers().size(); p++) {
            String publisher = "publisher-" + p;
            List<PlannedPublish> messages = workload.publishers().get(p);
            start(publisher, () -> publish(publisher, messages));
        }
        if (workload.closes()) {
            cues.awaitPublishes(workload.closesAfter());
            broker.closeNow();
        }
        joinAll();
    }

    /** Actors may start others, so that the list grows under way. */
    private void joinAll() {
        for (int i = 0; i < actorCount(); i++) {
            Running<Boolean> actor = actor(i);
            broker.run(
                    "the workload",
                    tests.timeouts().await().multipliedBy(5),
                    () -> actor.await(tests.timeouts().await().multipliedBy(4)));
        }
    }

    private void start(String what, Runnable work) {
        synchronized (actors) {
            actors.add(Bounded.startRun(what, () -> tolerant(work)));
        }
    }

    private int actorCount() {
        synchronized (actors) {
            return actors.size();
        }
    }

    private Running<Boolean> actor(int i) {
        synchronized (actors) {
            return actors.get(i);
        }
    }

    private void publish(String publisher, List<PlannedPublish> messages) {
        try {
            for (PlannedPublish message : messages) {
                cues.publishBegins();
                tolerant(() -> recorded.publish(publisher, message.topic(), message.message()));
            }
        } finally {
            cues.publisherDone();
        }
        cues.awaitRest();
        try {
            sentinels.send(broker, publisher);
        } finally {
            if (publishing.decrementAndGet() == 0) {
                deadline.set(System.nanoTime() + tests.timeouts().await().toNanos());
            }
        }
    }

    private void joinLater(PlannedSubscriber plan) {
        cues.awaitPublishes(plan.joinsAfter());
        RecordedSubscription subscription;
        try {
            subscription = recorded.subscribeWithPattern(plan.pattern());
        } catch (BrokerException refusal) {
            // The broker was closed before: nobody takes, and nobody leaves.
            if (leaves(plan)) {
                cues.moverDone();
            }
            return;
        } finally {
            cues.moverDone();
        }
        leaveLater(subscription, plan);
        take(subscription, plan);
    }

    private void leaveLater(RecordedSubscription subscription, PlannedSubscriber plan) {
        if (leaves(plan)) {
            start("leaver", () -> leave(subscription, plan));
        }
    }

    private void leave(RecordedSubscription subscription, PlannedSubscriber plan) {
        try {
            cues.awaitPublishes(plan.leavesAfter());
            if (plan.leaving() == Leaving.CLOSE) {
                subscription.close();
            } else {
                recorded.unsubscribe(plan.pattern());
            }
        } finally {
            cues.moverDone();
        }
    }

    private void take(RecordedSubscription subscription, PlannedSubscriber plan) {
        Taking taking = new Taking(subscription, tests.timeouts().quiet().dividedBy(10), plan.busyMicros());
        taking.upTo(
                sentinels,
                deadline::get,
                () -> isPublished() && DropsCounted.accountsForAll(recorded.history(), subscription.name()),
                () -> isPublished() && DropsCounted.mayAccountForAll(recorded.history(), subscription.name()));
    }

    /** Sentinels too may be dropped where buffers are small; once all is published, the count tells that nothing more comes. */
    private boolean isPublished() {
        return deadline.get() != Long.MAX_VALUE;
    }

    /** A refusal is in the history for the checks to judge; anything that the contract does not know fails the test. */
    private static void tolerant(Runnable call) {
        try {
            call.run();
        } catch (BrokerException refusal) {
            // Recorded as the outcome of the call.
        }
    }
}
