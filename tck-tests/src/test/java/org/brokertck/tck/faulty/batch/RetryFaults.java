package org.brokertck.tck.faulty.batch;

import java.util.ArrayList;
import java.util.List;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.batch.plain.PlainBatch;

/** What becomes of a batch whose flush fails. */
final class RetryFaults {
    private static final String LOST =
            "flushes are due|neither flushed|flushed next|unflushed\\(\\) is|metrics are|did not happen";

    private RetryFaults() {}

    static List<Fault> all() {
        return List.of(
                FaultyBatches.plain(
                        "TheRetryDelayRunsFromTheStart",
                        "K-1",
                        "after it had failed, where the retry delay is",
                        "Counts the retry delay from the beginning of the flush that failed.",
                        it -> new PlainBatch(it) {
                            private long begun;

                            @Override
                            protected boolean flush(List<Object> batch) {
                                begun = time.nanoTime();
                                return super.flush(batch);
                            }

                            @Override
                            protected void failed() {
                                super.failed();
                                retryAt = begun + config.retryDelay().toNanos();
                            }
                        }),
                FaultyBatches.plain(
                        "HotWhileItCloses",
                        "K-1",
                        "one item was flushed \\d+ times during a close",
                        "Flushes a failed batch again at once when it is closing.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void failed() {
                                super.failed();
                                if (closing) {
                                    retryAt = time.nanoTime();
                                }
                            }
                        }),
                FaultyBatches.plain(
                        "FailedBatchesAreDropped",
                        "K-1",
                        LOST,
                        "Drops a batch whose flush threw.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void failed() {
                                failures++;
                                items.subList(0, inHand).clear();
                                inHand = 0;
                            }
                        }),
                FaultyBatches.plain(
                        "FailedBatchesAreTriedOnceMore",
                        "K-1",
                        LOST,
                        "Gives a batch up when its second flush fails.",
                        it -> new PlainBatch(it) {
                            private int attempts;

                            @Override
                            protected void failed() {
                                super.failed();
                                if (++attempts % 2 == 0) {
                                    items.subList(0, inHand).clear();
                                    inHand = 0;
                                }
                            }
                        }),
                FaultyBatches.plain(
                        "FailedBatchesGoToTheEnd",
                        "K-1",
                        LOST + "|added as|flush \\d was",
                        "Puts a batch whose flush failed behind what has come meanwhile.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void failed() {
                                super.failed();
                                List<Item> again = new ArrayList<>(items.subList(0, inHand));
                                items.subList(0, inHand).clear();
                                items.addAll(again);
                                inHand = 0;
                            }
                        }),
                FaultyBatches.plain(
                        "FailedBatchesGrow",
                        "K-1",
                        LOST,
                        "Adds to a batch that comes again what has come meanwhile.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected List<Object> takeInHand() {
                                inHand = Math.min(config.batchSize(), items.size());
                                return super.takeInHand();
                            }
                        }),
                FaultyBatches.plain(
                        "RetriesAtOnce",
                        "K-1",
                        "less than the retry delay|flushes are due|where the retry delay is",
                        "Repeats a flush without the delay.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void failed() {
                                super.failed();
                                retryAt = time.nanoTime();
                            }
                        }),
                FaultyBatches.plain(
                        "RetriesAtTheNextInterval",
                        "K-1",
                        LOST + "|less than the retry delay",
                        "Repeats a flush after the flush interval in place of the retry delay.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void failed() {
                                super.failed();
                                retryAt =
                                        time.nanoTime() + config.flushInterval().toNanos();
                            }
                        }),
                FaultyBatches.plain(
                        "RetryDelayDoubles",
                        "K-1",
                        "did not happen|flushes are due",
                        "Makes the delay longer with each failure.",
                        it -> new PlainBatch(it) {
                            private int shift;

                            @Override
                            protected void failed() {
                                super.failed();
                                retryAt = time.nanoTime() + (config.retryDelay().toNanos() << shift++);
                            }

                            @Override
                            protected void succeeded() {
                                super.succeeded();
                                shift = 0;
                            }
                        }),
                FaultyBatches.plain(
                        "ANewItemEndsTheRetryDelay",
                        "K-1",
                        "less than the retry delay",
                        "Tries again as soon as something is added.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void put(Object item) {
                                super.put(item);
                                retryAt = time.nanoTime();
                            }
                        }),
                FaultyBatches.plain(
                        "FailuresAreNotCounted",
                        "K-1",
                        "metrics are",
                        "Leaves failed flushes out of its figures.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void failed() {
                                super.failed();
                                failures = 0;
                            }
                        }),
                FaultyBatches.plain(
                        "WhatIsInHandIsForgotten",
                        "K-1",
                        "unflushed\\(\\) is|neither flushed",
                        "Does not tell the batch in hand among what is unflushed.",
                        it -> new PlainBatch(it) {
                            @Override
                            public List<Object> unflushed() {
                                lock.lock();
                                try {
                                    List<Object> all = super.unflushed();
                                    return all.subList(inHand, all.size());
                                } finally {
                                    lock.unlock();
                                }
                            }
                        }),
                FaultyBatches.plain(
                        "ErrorsEndTheWorker",
                        "G-12",
                        "flushes are due|did not happen",
                        "Catches exceptions, and not errors.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected boolean flush(List<Object> batch) {
                                try {
                                    handler.flush(batch);
                                    return true;
                                } catch (Exception e) {
                                    return false;
                                } catch (Error e) {
                                    cut = true;
                                    return false;
                                }
                            }
                        }),
                FaultyBatches.plain(
                        "InterruptsEndTheWorker",
                        "G-12",
                        "flushes are due|did not happen",
                        "Takes the interrupt of a handler for its own.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected boolean flush(List<Object> batch) {
                                boolean success = super.flush(batch);
                                if (Thread.currentThread().isInterrupted()) {
                                    cut = true;
                                }
                                return success;
                            }
                        }),
                FaultyBatches.plain(
                        "HandsOutItsOwnList",
                        "G-8",
                        "neither flushed|flushed next|holds nothing|hold|unflushed|flushes are due|was flushed twice",
                        "Gives the handler the list that it keeps.",
                        it -> new PlainBatch(it) {
                            private List<Object> kept = new ArrayList<>();

                            @Override
                            protected List<Object> handedOut(List<Object> batch) {
                                if (kept.isEmpty()) {
                                    kept = new ArrayList<>(batch);
                                }
                                return kept;
                            }

                            @Override
                            protected void succeeded() {
                                super.succeeded();
                                kept = new ArrayList<>();
                            }

                            @Override
                            protected void failed() {
                                super.failed();
                                while (inHand > kept.size()) {
                                    items.remove(0);
                                    inHand--;
                                }
                            }
                        }),
                FaultyBatches.plain(
                        "UsesOneListForAllBatches",
                        "G-8",
                        "hold",
                        "Clears and fills one list for each flush.",
                        it -> new PlainBatch(it) {
                            private final List<Object> reused = new ArrayList<>();

                            @Override
                            protected List<Object> handedOut(List<Object> batch) {
                                reused.clear();
                                reused.addAll(batch);
                                return reused;
                            }
                        }));
    }
}
