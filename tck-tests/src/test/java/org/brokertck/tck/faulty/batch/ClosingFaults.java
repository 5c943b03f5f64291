package org.brokertck.tck.faulty.batch;

import java.util.List;
import org.brokertck.api.resilience.BatchMetrics;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.batch.plain.PlainBatch;

/** What closing leaves undone, or overdoes. */
final class ClosingFaults {
    private ClosingFaults() {}

    static List<Fault> all() {
        return List.of(
                FaultyBatches.plain(
                        "CloseWithoutAFlush",
                        "K-1",
                        "flushes are due|unflushed\\(\\) is|close returned after",
                        "Flushes nothing more when it is closed.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected boolean isOver() {
                                return inHand == 0;
                            }
                        }),
                FaultyBatches.plain(
                        "CloseFlushesFullBatchesOnly",
                        "K-1",
                        "flushes are due|unflushed\\(\\) is|close returned after",
                        "Leaves the last batch when it is not full.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected boolean isOver() {
                                return inHand == 0 && items.size() < config.batchSize();
                            }
                        }),
                FaultyBatches.plain(
                        "CloseDoesNotWait",
                        "K-1",
                        "close returned|flushes are due|unflushed\\(\\) is|neither flushed",
                        "Returns before the last flush.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void awaitDone() {}

                            @Override
                            protected void cutOff() {}
                        }),
                FaultyBatches.plain(
                        "CloseGivesUpAtTheFirstFailure",
                        "K-1",
                        "unflushed\\(\\) is",
                        "Does not repeat a failed flush when it is closed.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void failed() {
                                super.failed();
                                if (closing) {
                                    cut = true;
                                    changed.signalAll();
                                }
                            }
                        }),
                FaultyBatches.plain(
                        "CloseForgetsWhatItCouldNotFlush",
                        "K-1",
                        "unflushed\\(\\) is|neither flushed",
                        "Clears its list at the end.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void cutOff() {
                                super.cutOff();
                                items.clear();
                                inHand = 0;
                            }
                        }),
                FaultyBatches.plain(
                        "AddsAfterClose",
                        "G-2",
                        "add after close|add that waited",
                        "Takes items in when it is closed.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void requireOpen() {}
                        }),
                FaultyBatches.plain(
                        "CloseForgetsTheFigures",
                        "G-2",
                        "metrics are",
                        "Clears its figures when it is closed.",
                        it -> new PlainBatch(it) {
                            @Override
                            public BatchMetrics metrics() {
                                return closing ? new BatchMetrics(0, 0, 0, 0) : super.metrics();
                            }
                        }),
                FaultyBatches.plain(
                        "CloseLetsThemWaitForRoom",
                        "G-2",
                        "add that waited|add did not return",
                        "Does not tell those who wait for room that it is closed.",
                        it -> new PlainBatch(it) {
                            @Override
                            public void add(Object item) {
                                lock.lock();
                                try {
                                    while (isFull() && !(closing && items.isEmpty())) {
                                        changed.await();
                                    }
                                    super.add(item);
                                } catch (InterruptedException e) {
                                    throw interrupted(e);
                                } finally {
                                    lock.unlock();
                                }
                            }
                        }),
                FaultyBatches.plain(
                        "CloseWaitsForEver",
                        "G-3",
                        "did not return",
                        "Waits for the last flush without an end.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void awaitDone() throws InterruptedException {
                                while (!done) {
                                    changed.await();
                                }
                            }
                        }),
                FaultyBatches.plain(
                        "CloseWaitsForItself",
                        "G-3",
                        "did not return|flushes are due|close",
                        "Waits for its own thread when the handler closes it.",
                        it -> new PlainBatch(it) {
                            @Override
                            public void close() {
                                if (Thread.currentThread() != worker) {
                                    super.close();
                                    return;
                                }
                                lock.lock();
                                try {
                                    closing = true;
                                    while (!done) {
                                        changed.await();
                                    }
                                } catch (InterruptedException e) {
                                    throw interrupted(e);
                                } finally {
                                    lock.unlock();
                                }
                            }
                        }),
                FaultyBatches.plain(
                        "FlushesAreNotInterrupted",
                        "G-3",
                        "interrupt of a flush",
                        "Leaves a flush alone that runs longer than the drain timeout.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void stopWorker() {}
                        }),
                FaultyBatches.plain(
                        "WorkerIsLeft",
                        "G-10",
                        "still alive",
                        "Lets its thread sleep for ever when there is nothing more to do.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void work() {
                                super.work();
                                lock.lock();
                                try {
                                    while (!cut) {
                                        changed.await();
                                    }
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                } finally {
                                    lock.unlock();
                                }
                            }
                        }));
    }
}
