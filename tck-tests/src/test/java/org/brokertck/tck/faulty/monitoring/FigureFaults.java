package org.brokertck.tck.faulty.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.brokertck.api.monitoring.MetricsSnapshot;
import org.brokertck.api.monitoring.Outcome;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.monitoring.plain.PlainMonitor;
import org.brokertck.tck.faulty.monitoring.plain.PlainQueue;

/** Faults in what is counted and shown. */
final class FigureFaults {
    private FigureFaults() {}

    static List<Fault> all() {
        return List.of(
                MonitorFault.plain(
                        "MeanOverAllQueues",
                        "O-1",
                        "as the mean latency of",
                        "Takes the mean over all queues together.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized MetricsSnapshot snapshot() {
                                MetricsSnapshot own = super.snapshot();
                                Map<String, Duration> means = new HashMap<>(own.avgLatencies());
                                Duration sum = means.values().stream().reduce(Duration.ZERO, Duration::plus);
                                means.replaceAll((queue, mean) ->
                                        sum.dividedBy(own.avgLatencies().size()));
                                return with(own, own.processingRates(), own.errorRates(), means);
                            }
                        }),
                MonitorFault.plain(
                        "RateCountsFailures",
                        "O-1",
                        "as the processing rate of",
                        "Counts failed attempts as processed.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected double rate(PlainQueue.Slot within) {
                                return within.all() * 1000.0 / config().window().toMillis();
                            }
                        }),
                MonitorFault.plain(
                        "WindowInWholeSeconds",
                        "O-1",
                        "as the processing rate of",
                        "Divides by the whole seconds of the window.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected double rate(PlainQueue.Slot within) {
                                return (double) within.succeeded
                                        / config().window().toSeconds();
                            }
                        }),
                MonitorFault.plain(
                        "RateSinceTheStart",
                        "O-1",
                        "as the processing rate of|the rate stands for",
                        "Divides by the time since the monitor was opened.",
                        it -> new PlainMonitor(it) {
                            private final long start = time().nanoTime();

                            @Override
                            protected double rate(PlainQueue.Slot within) {
                                double passed = Math.max(1, (time().nanoTime() - start) / 1e9);
                                return within.succeeded
                                        / Math.min(passed, (double)
                                                config().window().toSeconds());
                            }
                        }),
                MonitorFault.plain(
                        "FiguresNeverLeaveTheWindow",
                        "O-1",
                        "as the (processing rate|error rate|mean latency) of|the rate stands for",
                        "Forgets to drop what is older than the window.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected PlainQueue.Slot within(PlainQueue queue) {
                                PlainQueue.Slot all = super.within(queue);
                                all.succeeded = queue.succeeded;
                                all.failed = queue.failed;
                                return all;
                            }
                        }),
                MonitorFault.plain(
                        "NoAttemptsAreNoErrors",
                        "O-1",
                        "as the error rate of .*, where none is due",
                        "Shows an error rate of 0 where nothing was attempted.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized MetricsSnapshot snapshot() {
                                MetricsSnapshot own = super.snapshot();
                                Map<String, Double> errors = new HashMap<>(own.errorRates());
                                own.totals().keySet().forEach(queue -> errors.putIfAbsent(queue, 0.0));
                                return with(own, own.processingRates(), errors, own.avgLatencies());
                            }
                        }),
                MonitorFault.plain(
                        "DepthIsTheHighest",
                        "O-1",
                        "as the depth of",
                        "Keeps the highest depth instead of the last.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized void recordQueueDepth(String queue, long depth) {
                                Long before = queues.containsKey(queue) ? queues.get(queue).depth : null;
                                super.recordQueueDepth(queue, before == null ? depth : Math.max(before, depth));
                            }
                        }),
                MonitorFault.plain(
                        "QueuesIgnoreCase",
                        "O-1",
                        "the snapshot shows",
                        "Keeps queues under their names in small letters.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized void recordConsumed(String queue, Duration duration, Outcome outcome) {
                                super.recordConsumed(queue.toLowerCase(Locale.ROOT), duration, outcome);
                            }
                        }),
                MonitorFault.plain(
                        "CountersAreNotAtomic",
                        "O-2",
                        "the snapshot shows QueueTotals",
                        "Reads a counter, lets others in, and writes it.",
                        it -> new PlainMonitor(it) {
                            @Override
                            @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the fault
                            public void recordRetried(String queue) {
                                long before = locked(() -> queue(queue).retried);
                                Thread.yield();
                                locked(() -> queue(queue).retried = before + 1);
                            }
                        }),
                MonitorFault.plain(
                        "FirstRecordingsMeetInTwoQueues",
                        "O-2",
                        "the snapshot shows QueueTotals",
                        "Makes a queue outside the lock that looked for it, and puts it over that of another thread.",
                        it -> new PlainMonitor(it) {
                            @Override
                            @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the fault
                            public void recordProduced(String queue, int size) {
                                boolean known = locked(() -> queues.containsKey(queue));
                                if (!known) {
                                    Thread.yield();
                                    locked(() -> {
                                        queue(queue);
                                        return queues.put(queue, new PlainQueue(queue));
                                    });
                                }
                                super.recordProduced(queue, size);
                            }
                        }),
                MonitorFault.plain(
                        "RetriesAreFailuresToo",
                        "O-2",
                        "the snapshot shows QueueTotals",
                        "Counts a retry as a failure too.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized void recordRetried(String queue) {
                                super.recordRetried(queue);
                                queue(queue).failed++;
                            }
                        }),
                MonitorFault.plain(
                        "ASeriesForEveryName",
                        "O-12",
                        "tell \\d+ queues apart",
                        "Keeps every queue apart that comes along.",
                        it -> new PlainMonitor(it) {
                            @Override
                            protected PlainQueue queue(String name) {
                                return queues.containsKey(name) || queues.size() < config().maxQueues()
                                        ? super.queue(name)
                                        : queues.computeIfAbsent(name, PlainQueue::new);
                            }
                        }),
                MonitorFault.plain(
                        "LooksForRoomBeforeItTakesIt",
                        "O-12",
                        "queues apart that came at once",
                        "Looks whether there is room for a queue, and takes it in another step.",
                        it -> new PlainMonitor(it) {
                            @Override
                            @SuppressWarnings("UnsynchronizedOverridesSynchronized") // that is the fault
                            public void recordProduced(String queue, int size) {
                                boolean room = tellsApart() < config().maxQueues();
                                Thread.yield();
                                synchronized (this) {
                                    if (room) {
                                        queues.computeIfAbsent(queue, PlainQueue::new);
                                    }
                                    super.recordProduced(queue, size);
                                }
                            }

                            private synchronized int tellsApart() {
                                return queues.size();
                            }
                        }),
                MonitorFault.plain(
                        "OverflowIsDropped",
                        "O-12",
                        "tell \\d+ queues apart|count \\d+ messages",
                        "Drops what is recorded of queues that find no room.",
                        it -> new PlainMonitor(it) {
                            @Override
                            public synchronized MetricsSnapshot snapshot() {
                                queues.remove(OTHER_QUEUES);
                                return super.snapshot();
                            }
                        }),
                MonitorFault.plain(
                        "ForgetsWhenItIsAsked",
                        "O-12",
                        "one every PT0.02S, left \\d+ MiB in use",
                        "Drops what has left the window when somebody reads it.",
                        it -> new PlainMonitor(it) {
                            private final java.util.ArrayDeque<Instant> window = new java.util.ArrayDeque<>();

                            @Override
                            public synchronized void recordConsumed(String queue, Duration duration, Outcome outcome) {
                                super.recordConsumed(queue, duration, outcome);
                                window.addLast(time().now());
                            }

                            @Override
                            public synchronized MetricsSnapshot snapshot() {
                                window.removeIf(it -> it.isBefore(time().now().minus(config().window())));
                                return super.snapshot();
                            }
                        }),
                MonitorFault.plain(
                        "KeepsEveryDuration",
                        "O-12",
                        "left \\d+ MiB in use",
                        "Keeps all durations of the window in a list.",
                        it -> new PlainMonitor(it) {
                            private final List<Duration> durations = new ArrayList<>();

                            @Override
                            public synchronized void recordConsumed(String queue, Duration duration, Outcome outcome) {
                                super.recordConsumed(queue, duration, outcome);
                                durations.add(duration);
                            }
                        }));
    }

    private static MetricsSnapshot with(
            MetricsSnapshot own, Map<String, Double> rates, Map<String, Double> errors, Map<String, Duration> means) {
        return new MetricsSnapshot(own.queueDepths(), rates, errors, means, own.totals(), own.timestamp());
    }
}
