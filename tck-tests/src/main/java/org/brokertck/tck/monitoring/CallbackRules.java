package org.brokertck.tck.monitoring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertCallback;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.tck.run.Needs;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Whatever a callback throws, and however long it takes, all other alerts fire, are told and are resolved. */
public interface CallbackRules extends MonitorRules {
    /** How a callback behaves badly. */
    enum Misbehaviour {
        /** Throws what one catches. */
        THROWS,
        /** Throws an Error. */
        THROWS_AN_ERROR,
        /** Interrupts its own thread and throws. */
        INTERRUPTS_ITSELF,
        /** Does not return until the test is over. */
        HANGS
    }

    /** Misbehaves, and remembers that it was called. */
    final class Misbehaving implements AlertCallback {
        private final Listener listener = new Listener();
        private final Misbehaviour how;
        private final CountDownLatch release;

        Misbehaving(Misbehaviour how, CountDownLatch release) {
            this.how = how;
            this.release = release;
        }

        @Override
        public void fired(Alert alert) {
            listener.fired(alert);
            misbehave();
        }

        @Override
        public void resolved(Alert alert) {
            listener.resolved(alert);
            misbehave();
        }

        private void misbehave() {
            switch (how) {
                case THROWS -> throw new IllegalStateException("a callback that throws");
                case THROWS_AN_ERROR -> throw new AssertionError("a callback that throws an Error");
                case INTERRUPTS_ITSELF -> {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("a callback that was interrupted");
                }
                case HANGS -> hang();
            }
        }

        private void hang() {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    @Verifies("O-8")
    default void callbacksThatThrowStopNothing() {
        requireOthersTold(
                List.of(Misbehaviour.THROWS, Misbehaviour.THROWS_AN_ERROR, Misbehaviour.INTERRUPTS_ITSELF), 3);
    }

    @Test
    @Verifies("O-8")
    default void callbacksThatHangHoldUpNothing() {
        requireOthersTold(List.of(Misbehaviour.HANGS), 2);
    }

    @Property
    @Verifies("O-8")
    default void howeverManyCallbacksMisbehaveTheOthersAreTold(
            @ForAll @Size(min = 1, max = 12) List<Misbehaviour> misbehaviours,
            @ForAll @IntRange(min = 1, max = 3) int episodes) {
        requireOthersTold(misbehaviours, episodes);
    }

    private void requireOthersTold(List<Misbehaviour> misbehaviours, int episodes) {
        CountDownLatch release = new CountDownLatch(1);
        Listener before = new Listener();
        Listener after = new Listener();
        List<Misbehaving> bad =
                misbehaviours.stream().map(it -> new Misbehaving(it, release)).toList();
        List<AlertRule> rules = new ArrayList<>();
        rules.add(AlertRulesFor.depth("first", Duration.ZERO, before));
        for (int i = 0; i < bad.size(); i++) {
            rules.add(AlertRulesFor.depth(misbehaviours.get(i) + " " + i, Duration.ZERO, bad.get(i)));
        }
        rules.add(AlertRulesFor.depth("last", Duration.ZERO, after));
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "O-8", hasty().build())) {
            try {
                monitor.setUp(rules);
                for (int episode = 1; episode <= episodes; episode++) {
                    int told = 2 * episode;
                    monitor.depth("orders", 150);
                    monitor.awaitThat(
                            "that all %d rules fire in episode %d".formatted(rules.size(), episode),
                            it -> it.history().size(),
                            it -> it == (told - 1) * rules.size());
                    monitor.depth("orders", 1);
                    monitor.awaitThat(
                            "that all %d rules are resolved in episode %d".formatted(rules.size(), episode),
                            it -> it.history().size(),
                            it -> it == told * rules.size());
                    for (Listener good : List.of(before, after)) {
                        monitor.await(
                                "the call of a well-behaved callback beside %s in episode %d"
                                        .formatted(misbehaviours, episode),
                                () -> good.told().size() == told);
                    }
                }
                requireCalledAgain(monitor, bad, episodes);
            } finally {
                release.countDown();
            }
        }
    }

    private static void requireCalledAgain(MonitorUnderTest monitor, List<Misbehaving> bad, int episodes) {
        for (Misbehaving callback : bad) {
            if (callback.how != Misbehaviour.HANGS) {
                monitor.await(
                        "the calls of a callback that %s at the beginning and at the end of each of %d episodes"
                                .formatted(callback.how, episodes),
                        () -> callback.listener.told().size() == 2 * episodes);
            }
        }
    }

    /** What one call leaves behind is no business of the next one. */
    @Test
    @Verifies("O-8")
    default void noCallInheritsTheInterruptFlagOfTheOneBefore() {
        CountDownLatch gate = new CountDownLatch(1);
        List<Boolean> flags = new CopyOnWriteArrayList<>();
        AlertCallback callback = alert -> {
            flags.add(Thread.currentThread().isInterrupted());
            await(gate);
            Thread.currentThread().interrupt();
        };
        try (MonitorUnderTest monitor = MonitorUnderTest.open(this, "O-8", hasty().build())) {
            try {
                monitor.setUp(AlertRulesFor.depth("interrupts itself", Duration.ZERO, callback));
                for (String queue : List.of("orders", "payments", "refunds")) {
                    monitor.depth(queue, 150);
                }
                // So that the next calls wait while the first one runs.
                monitor.awaitThat(
                        "that the rule fires for 3 queues", it -> it.history().size(), it -> it == 3);
            } finally {
                gate.countDown();
            }
            monitor.await("the call for each of 3 queues", () -> flags.size() == 3);
            monitor.require(
                    !flags.contains(true),
                    "a callback was called with the interrupt flag that the call before had left behind");
        }
    }

    private void await(CountDownLatch gate) {
        try {
            if (!gate.await(timeouts().await().multipliedBy(2).toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("the test forgot its gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The callback's own further alerts are not lost either: it is interrupted when its time is up. */
    @Test
    @Verifies("O-8")
    default void aCallbackThatHangsIsInterruptedAndCalledForTheNextQueue() {
        CountDownLatch release = new CountDownLatch(1);
        Misbehaving hanging = new Misbehaving(Misbehaviour.HANGS, release);
        Duration timeout = Duration.ofMillis(50);
        try (MonitorUnderTest monitor = MonitorUnderTest.open(
                this, "O-8", hasty().callbackTimeout(timeout).build())) {
            try {
                monitor.setUp(AlertRulesFor.depth("hangs", Duration.ZERO, hanging));
                monitor.depth("orders", 150);
                monitor.depth("payments", 150);
                monitor.await(
                        "the call for the second queue, after the first call hung for longer than " + timeout,
                        () -> hanging.listener.heardOf("orders") && hanging.listener.heardOf("payments"));
            } finally {
                release.countDown();
            }
        }
    }

    /** Each call has the whole timeout, which begins with the call. */
    @Test
    @Verifies("O-8")
    @Needs(clock = true)
    default void theTimeOfACallbackDoesNotRunWhileItWaitsForItsTurn() {
        Duration timeout = INTERVAL.multipliedBy(20);
        Duration inTime = timeout.multipliedBy(4).dividedBy(5);
        Semaphore turns = new Semaphore(0);
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger interrupted = new AtomicInteger();
        AlertCallback callback = alert -> {
            calls.incrementAndGet();
            try {
                boolean unused = turns.tryAcquire(timeouts().recovery().toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
        };
        try (MonitorUnderTest monitor = MonitorUnderTest.onClock(
                this, "O-8", config().callbackTimeout(timeout).build())) {
            try {
                monitor.setUp(AlertRulesFor.depth("takes its time", Duration.ZERO, callback));
                monitor.depth("orders", 150);
                monitor.depth("payments", 150);
                monitor.advance(INTERVAL);
                for (int call = 1; call <= 2; call++) {
                    int due = call;
                    monitor.await("call %d of a callback".formatted(call), () -> calls.get() == due);
                    monitor.advance(inTime);
                    monitor.require(
                            monitor.stays(() -> interrupted.get() == 0),
                            "call %d of a callback was interrupted %s after it had begun, with a timeout of %s"
                                    .formatted(call, inTime, timeout));
                    turns.release();
                }
            } finally {
                turns.release(2);
            }
        }
    }

    /** A rule that goes on does so with its callback: that hears of an end when it is through with the beginning, or not at all. */
    @Test
    @Verifies("O-6")
    default void aRuleThatIsSetUpAgainCallsItsCallbackInTurn() {
        CountDownLatch gate = new CountDownLatch(1);
        List<String> calls = new CopyOnWriteArrayList<>();
        AlertCallback callback = new AlertCallback() {
            @Override
            public void fired(Alert alert) {
                calls.add("fired");
                CallbackRules.this.await(gate);
                calls.add("fired has returned");
            }

            @Override
            public void resolved(Alert alert) {
                calls.add("resolved");
            }
        };
        AlertRule rule = AlertRulesFor.depth("goes on", Duration.ZERO, callback);
        try (MonitorUnderTest monitor = MonitorUnderTest.open(
                this,
                "O-6",
                hasty().callbackTimeout(timeouts().await().multipliedBy(2)).build())) {
            try {
                monitor.setUp(rule);
                monitor.depth("orders", 150);
                monitor.await("the call of a callback", () -> calls.contains("fired"));
                monitor.setUp(AlertRulesFor.depth("comes", Duration.ofDays(1), new Listener()), rule);
                monitor.depth("orders", 1);
                monitor.awaitThat(
                        "that the alert is resolved", it -> it.history().size(), it -> it == 2);
                monitor.require(
                        monitor.stays(() -> !calls.contains("resolved")),
                        "a rule was set up again while its callback was being called, and the callback was called a second time before that had returned: "
                                + calls);
            } finally {
                gate.countDown();
            }
        }
    }

    /** What it hears may be what other rules are wanted for. Its own rule may go by that. */
    @Test
    @Verifies("O-8")
    default void aCallbackMaySetUpOtherAlerts() {
        Listener next = new Listener();
        AtomicReference<String> ending = new AtomicReference<>("did not return");
        try (MonitorUnderTest monitor = MonitorUnderTest.open(
                this,
                "O-8",
                hasty().callbackTimeout(timeouts().await().multipliedBy(2)).build())) {
            monitor.setUp(AlertRulesFor.depth("first", Duration.ZERO, alert -> {
                try {
                    monitor.unguarded().setupAlerts(List.of(AlertRulesFor.depth("next", Duration.ZERO, next)));
                    monitor.unguarded().recordQueueDepth("refunds", 150);
                    ending.set("returned, and saw the alerts "
                            + monitor.unguarded().alerts());
                } catch (RuntimeException | Error e) {
                    ending.set("ended with " + e);
                    throw e;
                }
            }));
            monitor.depth("orders", 150);
            monitor.require(
                    Polling.until(timeouts().await(), ending::get, it -> it.startsWith("returned"))
                            .startsWith("returned"),
                    "a callback that set up other alerts %s within %s"
                            .formatted(ending.get(), timeouts().await()));
            monitor.await(
                    "the call of the callback of a rule that another callback has set up, for two queues",
                    () -> next.heardOf("orders") && next.heardOf("refunds"));
        }
    }
}
