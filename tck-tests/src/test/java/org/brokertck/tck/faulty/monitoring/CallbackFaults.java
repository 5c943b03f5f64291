package org.brokertck.tck.faulty.monitoring;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertCallback;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.reference.time.TimeSource;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.monitoring.plain.Opening;
import org.brokertck.tck.faulty.monitoring.plain.PlainMonitor;

/** Faults in how callbacks are called. */
final class CallbackFaults {
    private CallbackFaults() {}

    static List<Fault> all() {
        return List.of(
                MonitorFault.plain(
                        "NoBoundForTheEnd",
                        "O-8",
                        "told of resolved, one took longer",
                        "Bounds the calls that tell of a beginning, and not those that tell of an end.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void tell(Alert alert) {
                                AlertCallback callback = alert.rule().callback();
                                if (callback == null || alert.state() == AlertState.FIRING) {
                                    super.tell(alert);
                                } else {
                                    Thread thread =
                                            new Thread(() -> calling(() -> callback.resolved(alert)), "plain-ends");
                                    thread.setDaemon(true);
                                    thread.start();
                                }
                            }
                        }),
                MonitorFault.plain(
                        "TimeRunsWhileACallWaits",
                        "O-8",
                        "call 2 of a callback was interrupted",
                        "Counts the time of a call from when it was handed over, and not from when it begins.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void submit(String lane, Runnable call) {
                                long end = time().nanoTime()
                                        + config().callbackTimeout().toNanos();
                                super.submit(lane, () -> {
                                    Duration left = Duration.ofNanos(Math.max(1, end - time().nanoTime()));
                                    TimeSource.Alarm alarm = time().schedule(left, Thread.currentThread()::interrupt);
                                    try {
                                        call.run();
                                    } finally {
                                        alarm.cancel();
                                    }
                                });
                            }
                        }),
                MonitorFault.plain(
                        "OneThreadForAllCallbacks",
                        "O-8",
                        "the call of a well-behaved callback",
                        "Calls all callbacks one after another on one thread.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void submit(String lane, Runnable call) {
                                super.submit("the one lane", call);
                            }
                        }),
                MonitorFault.plain(
                        "FourThreadsForAllCallbacks",
                        "O-8",
                        "the call of a well-behaved callback",
                        "Calls callbacks on a pool of four threads.",
                        it -> new Pool(it)),
                MonitorFault.plain(
                        "CloseMindsNoInterrupt",
                        "G-9",
                        "close did not return",
                        "Waits on for callbacks when its close is interrupted.",
                        CloseMindsNoInterrupt::new),
                MonitorFault.plain(
                        "AClosedMonitorIsClosed",
                        "G-3",
                        "a monitor was closed twice, .* and a close returned",
                        "Returns from close at once when that has been called before.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public void close() {
                                if (!locked(() -> closed)) {
                                    super.close();
                                }
                            }
                        }),
                MonitorFault.plain(
                        "RulesThatGoOnCallAnew",
                        "O-6",
                        "was called a second time before that had returned",
                        "Makes new queues of calls with each set of rules, for those that go on as well.",
                        it -> new PlainMonitor(it) {
                            private int sets;

                            @Override
                            protected void replace(List<AlertRule> valid) {
                                super.replace(valid);
                                sets++;
                            }

                            @Override
                            protected void submit(String lane, Runnable call) {
                                super.submit(lane + " of set " + sets, call);
                            }
                        }),
                MonitorFault.plain(
                        "WaitsForTheCallbacksOfRulesThatGo",
                        "O-8",
                        "a callback that set up other alerts did not return",
                        "Waits until callbacks have returned before it replaces their rules, one that calls it included.",
                        WaitsForTheCallbacksOfRulesThatGo::new),
                MonitorFault.plain(
                        "AnErrorEndsTheThread",
                        "O-8",
                        "the call of a (well-behaved )?callback",
                        "Catches exceptions of callbacks, but no Error, which ends the thread with all that waits for it.",
                        it -> new PlainMonitor(it) {
                            private boolean dead;

                            @Override
                            protected void calling(Runnable call) {
                                try {
                                    if (!locked(() -> dead)) {
                                        call.run();
                                    }
                                } catch (RuntimeException survived) {
                                    // Only one of them.
                                } catch (Error fatal) {
                                    locked(() -> dead = true);
                                }
                            }
                        }),
                MonitorFault.plain(
                        "ThrowsIntoTheEvaluation",
                        "O-8",
                        "did not come true|recording threw|the call of a",
                        "Calls callbacks where it evaluates, so that one that throws ends the round.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void submit(String lane, Runnable call) {
                                call.run();
                            }
                        }),
                MonitorFault.plain(
                        "RuleIsDroppedWhenItsCallbackThrows",
                        "O-8",
                        "the calls of a callback that",
                        "Calls a callback that threw once no more.",
                        it -> new PlainMonitor(it) {
                            private final Set<String> blamed = new HashSet<>();

                            @Override
                            protected void submit(String lane, Runnable call) {
                                super.submit(lane, () -> {
                                    if (locked(() -> blamed.contains(lane))) {
                                        return;
                                    }
                                    try {
                                        call.run();
                                    } catch (RuntimeException | Error e) {
                                        locked(() -> blamed.add(lane));
                                    }
                                });
                            }
                        }),
                MonitorFault.plain(
                        "TheLastCallReplacesTheOneThatWaits",
                        "O-6",
                        "that the callback hears of 16 entries",
                        "Keeps one call waiting for each rule, the last: what it tells is newer.",
                        it -> new PlainMonitor(it) {
                            private final Map<String, AtomicReference<Runnable>> last = new ConcurrentHashMap<>();

                            @Override
                            protected void submit(String lane, Runnable call) {
                                AtomicReference<Runnable> waiting =
                                        last.computeIfAbsent(lane, name -> new AtomicReference<>(() -> {}));
                                waiting.set(call);
                                super.submit(
                                        lane, () -> waiting.getAndSet(() -> {}).run());
                            }
                        }),
                MonitorFault.plain(
                        "InterruptedCallbacksAreNoFailures",
                        "O-8",
                        "callback_failures_total.* did not come true",
                        "Counts callbacks that throw, but none that was interrupted and returned.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void tookTooLong() {
                                // It has ended, after all.
                            }
                        }),
                MonitorFault.plain(
                        "CallsInheritTheInterruptFlag",
                        "O-8",
                        "interrupt flag that the call before had left behind",
                        "Calls a callback with the interrupt flag that the call before left set.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected void forgetInterrupt() {}
                        }),
                MonitorFault.plain(
                        "HangingCallbacksAreLeftAlone",
                        "O-8",
                        "the call for the second queue",
                        "Waits for a callback for as long as it takes.",
                        it -> new PlainMonitor(new Opening(
                                it.name(),
                                MonitorConfig.builder()
                                        .window(it.config().window())
                                        .evaluationInterval(it.config().evaluationInterval())
                                        .callbackTimeout(Duration.ofMinutes(1))
                                        .build(),
                                it.time(),
                                it.endTime()))));
    }

    private static final class Pool extends PlainMonitor {
        private final ExecutorService pool = Executors.newFixedThreadPool(4, task -> {
            Thread thread = new Thread(task, "plain-pool");
            thread.setDaemon(true);
            return thread;
        });

        Pool(Opening opening) {
            super(opening);
        }

        @Override
        protected void submit(String lane, Runnable call) {
            pool.execute(() -> calling(call));
        }

        @Override
        public void close() {
            super.close();
            pool.shutdownNow();
        }
    }

    private static final class WaitsForTheCallbacksOfRulesThatGo extends PlainMonitor {
        private final AtomicInteger running = new AtomicInteger();

        WaitsForTheCallbacksOfRulesThatGo(Opening opening) {
            super(opening);
        }

        @Override
        protected void calling(Runnable call) {
            running.incrementAndGet();
            try {
                super.calling(call);
            } finally {
                running.decrementAndGet();
            }
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it waits without the lock
        public void setupAlerts(List<AlertRule> newRules) {
            while (running.get() > 0 && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(100_000);
            }
            super.setupAlerts(newRules);
        }
    }

    private static final class CloseMindsNoInterrupt extends PlainMonitor {
        CloseMindsNoInterrupt(Opening opening) {
            super(opening);
        }

        @Override
        public void close() {
            Thread closing = new Thread(super::close, "plain-closing");
            closing.start();
            boolean interrupted = false;
            while (closing.isAlive()) {
                try {
                    closing.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
