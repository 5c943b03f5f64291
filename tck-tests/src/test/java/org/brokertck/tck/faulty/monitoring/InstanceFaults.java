package org.brokertck.tck.faulty.monitoring;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.ClosedException;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.MetricsSnapshot;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.LeftBehind;
import org.brokertck.tck.faulty.monitoring.plain.Opening;
import org.brokertck.tck.faulty.monitoring.plain.PlainMonitor;
import org.brokertck.tck.faulty.monitoring.plain.PlainQueue;

/** Faults against the rules of every interface: arguments, closing, threads, isolation. */
final class InstanceFaults {
    private static final Map<String, PlainQueue> SHARED = new ConcurrentHashMap<>();

    private InstanceFaults() {}

    static List<Fault> all() {
        return List.of(
                MonitorFault.plain(
                        "RefusalsStickToThreads",
                        "G-1",
                        "threw|does not name the argument",
                        "Keeps what a call came to by its thread, and forgets to clear it where the call is refused at once.",
                        it -> new PlainMonitor(it) {
                            private final LeftBehind refusals = new LeftBehind();

                            @Override
                            public synchronized void recordProduced(String queue, int size) {
                                refusals.run(() -> super.recordProduced(queue, size));
                            }
                        }),
                MonitorFault.plain(
                        "NegativeDepthIsNone",
                        "G-1",
                        "NEGATIVE_DEPTH was accepted",
                        "Takes a negative depth for 0.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized void recordQueueDepth(String queue, long depth) {
                                super.recordQueueDepth(queue, Math.max(0, depth));
                            }
                        }),
                MonitorFault.plain(
                        "CountsBeforeItLooks",
                        "G-1",
                        "were refused the totals are",
                        "Counts the message before it looks at the size.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized void recordProduced(String queue, int size) {
                                try {
                                    super.recordProduced(queue, size);
                                } catch (IllegalArgumentException e) {
                                    if (size < 0) {
                                        queue(queue).produced++;
                                    }
                                    throw e;
                                }
                            }
                        }),
                MonitorFault.plain(
                        "TakesABulkOfNothing",
                        "G-1",
                        "NO_MESSAGES was accepted",
                        "Records many messages in one go, and looks at neither number.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized void recordProduced(String queue, long messages, long bytes) {
                                PlainQueue known = queue(queue);
                                known.produced += messages;
                                known.bytes += bytes;
                            }
                        }),
                MonitorFault.plain(
                        "RecordsAfterClose",
                        "G-2",
                        "after close was accepted",
                        "Lets recordings through when it is closed: nobody looks any more.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized void recordRetried(String queue) {
                                try {
                                    super.recordRetried(queue);
                                } catch (ClosedException nobodyLooks) {
                                    // Nothing to do.
                                }
                            }
                        }),
                MonitorFault.plain(
                        "CloseClearsTheFigures",
                        "G-2",
                        "the figures were",
                        "Frees its figures when it is closed.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public void close() {
                                super.close();
                                locked(() -> {
                                    queues.clear();
                                    return true;
                                });
                            }
                        }),
                MonitorFault.plain(
                        "CloseResolvesAlerts",
                        "G-2",
                        "the alerts were",
                        "Marks all alerts resolved when it is closed.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public void close() {
                                locked(() -> {
                                    if (!closed) {
                                        replace(List.of());
                                    }
                                    return true;
                                });
                                super.close();
                            }
                        }),
                MonitorFault.plain(
                        "SecondCloseThrows",
                        "G-3",
                        "close.* threw",
                        "Refuses to be closed again.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public void close() {
                                locked(() -> {
                                    requireOpen();
                                    return true;
                                });
                                super.close();
                            }
                        }),
                MonitorFault.plain(
                        "CloseWaitsForTheCallbackThatCallsIt",
                        "G-3",
                        "the return of close from inside a callback",
                        "Waits in close until no callback runs, the one that calls it included.",
                        it -> new PlainMonitor(it) {
                            private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

                            @Override
                            protected void calling(Runnable call) {
                                inside.set(true);
                                super.calling(call);
                            }

                            @Override
                            public void close() {
                                super.close();
                                if (inside.get()) {
                                    try {
                                        new CountDownLatch(1).await(20, TimeUnit.SECONDS);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                }
                            }
                        }),
                MonitorFault.plain(
                        "HistoryIsNotGuarded",
                        "G-4",
                        "threw|did not return",
                        "Hands out a view of the history, which changes under the reader.",
                        it -> new PlainMonitor(it) {
                            @Override
                            @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the fault
                            public List<Alert> history() {
                                history.forEach(alert -> {
                                    if (alert.queue().isEmpty()) {
                                        throw new IllegalStateException("an alert without a queue");
                                    }
                                    Thread.yield();
                                });
                                return List.copyOf(history);
                            }
                        }),
                MonitorFault.plain(
                        "KeepsTheCallersList",
                        "G-8",
                        "did not come true|a rule fires that was put into the list",
                        "Keeps the list of rules that it was given.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected List<AlertRule> valid(List<AlertRule> newRules) {
                                super.valid(newRules);
                                return newRules;
                            }
                        }),
                MonitorFault.plain(
                        "HandsOutItsHistory",
                        "G-8",
                        "handed out",
                        "Hands out its own list of the history.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized List<Alert> history() {
                                return history;
                            }
                        }),
                MonitorFault.plain(
                        "LeavesItsWatchdog",
                        "G-10",
                        "plain-watchdog",
                        "Forgets a thread when it is closed.",
                        Watched::new),
                MonitorFault.plain(
                        "OneRegistryForAll",
                        "G-11",
                        "recorded on another one|threw",
                        "Shares its figures with every other monitor, as the default registry of a library would.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected PlainQueue queue(String name) {
                                PlainQueue own = super.queue(name);
                                SHARED.put(name, own);
                                return own;
                            }

                            @Override
                            public synchronized MetricsSnapshot snapshot() {
                                SHARED.forEach(queues::putIfAbsent);
                                return super.snapshot();
                            }
                        }));
    }

    /** Has a thread that nobody ends. */
    private static final class Watched extends PlainMonitor {
        Watched(Opening opening) {
            super(opening);
            CountDownLatch never = new CountDownLatch(1);
            Thread watchdog = new Thread(
                    () -> {
                        try {
                            never.await(30, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "plain-watchdog");
            watchdog.setDaemon(true);
            watchdog.start();
        }
    }
}
