package org.brokertck.tck.faulty.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.LeftBehind;
import org.brokertck.tck.faulty.batch.plain.PlainBatch;
import org.brokertck.tck.faulty.batch.plain.PlainTarget;
import org.jspecify.annotations.Nullable;

/** Arguments, threads, interrupts and names. */
final class InstanceFaults {
    private InstanceFaults() {}

    static List<Fault> all() {
        return List.of(
                FaultyBatches.plain(
                        "UnflushedIsAView",
                        "G-8",
                        "unflushed\\(\\) gave .* and that list became",
                        "Fills one list each time, and gives that away.",
                        it -> new PlainBatch(it) {
                            private final List<Object> told = new ArrayList<>();

                            @Override
                            public List<Object> unflushed() {
                                List<Object> now = super.unflushed();
                                told.clear();
                                told.addAll(now);
                                return told;
                            }
                        }),
                FaultyBatches.plain(
                        "LooksForInterruptsAtTheEnd",
                        "G-9",
                        "interrupted-\\d+",
                        "Looks for an interrupt when the item is in.",
                        it -> new PlainBatch(it) {
                            @Override
                            public void add(Object item) {
                                super.add(item);
                                if (Thread.currentThread().isInterrupted()) {
                                    throw new OperationInterruptedException("interrupted");
                                }
                            }
                        }),
                FaultyBatches.plain(
                        "RefusalsStickToThreads",
                        "G-1",
                        "threw|does not name the argument",
                        "Keeps what a call came to by its thread, and forgets to clear it where the call is refused at once.",
                        it -> new PlainBatch(it) {
                            private final LeftBehind refusals = new LeftBehind();

                            @Override
                            public void add(Object item) {
                                refusals.run(() -> super.add(item));
                            }
                        }),
                FaultyBatches.plain(
                        "TakesNull", "G-1", "was accepted", "Ignores an add of null.", it -> new PlainBatch(it) {
                            @Override
                            @SuppressWarnings("NullAway") // that is the fault
                            public void add(@Nullable Object item) {
                                if (item != null) {
                                    super.add(item);
                                }
                            }
                        }),
                FaultyBatches.plain(
                        "RefusesNullWithoutAName",
                        "G-1",
                        "does not name",
                        "Does not say what was null.",
                        it -> new PlainBatch(it) {
                            @Override
                            @SuppressWarnings("NullAway") // that is the fault
                            public void add(@Nullable Object item) {
                                if (item == null) {
                                    throw new NullPointerException();
                                }
                                super.add(item);
                            }
                        }),
                FaultyBatches.plain(
                        "CountsNull",
                        "G-1",
                        "metrics are",
                        "Counts an item before it looks at it.",
                        it -> new PlainBatch(it) {
                            @Override
                            @SuppressWarnings("NullAway") // that is the fault
                            public void add(@Nullable Object item) {
                                if (item == null) {
                                    added++;
                                }
                                super.add(item);
                            }
                        }),
                FaultyBatches.plain(
                        "AddsInTwoSteps",
                        "G-4",
                        "neither flushed|metrics are|flushed twice|added as|items are unflushed",
                        "Looks for room in one step, and counts in another.",
                        it -> new PlainBatch(it) {
                            private long counted;

                            @Override
                            public void add(Object item) {
                                super.add(item);
                                long before = counted;
                                Thread.yield();
                                counted = before + 1;
                                added = counted;
                            }
                        }),
                FaultyBatches.plain(
                        "SwallowsTheInterrupt",
                        "G-9",
                        "did not restore",
                        "Does not set the interrupt flag again.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected RuntimeException interrupted(InterruptedException e) {
                                return new OperationInterruptedException("interrupted", e);
                            }
                        }),
                FaultyBatches.plain(
                        "InterruptIsAClosing",
                        "G-9",
                        "threw",
                        "Tells an interrupt as the end of the processor.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected RuntimeException interrupted(InterruptedException e) {
                                Thread.currentThread().interrupt();
                                return new ClosedException("interrupted");
                            }
                        }),
                FaultyBatches.plain(
                        "InterruptedItemsAreAdded",
                        "G-9",
                        "metrics are|was flushed",
                        "Adds the item of a call that it refuses.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected RuntimeException interrupted(InterruptedException e) {
                                if (!closing) {
                                    put("interrupted");
                                }
                                return super.interrupted(e);
                            }
                        }),
                FaultyBatches.plain(
                        "CloseIgnoresTheInterrupt",
                        "G-9",
                        "interrupted close|close did not return",
                        "Goes on waiting for the last flush when it is interrupted.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void awaitDone() throws InterruptedException {
                                try {
                                    super.awaitDone();
                                } catch (InterruptedException e) {
                                    awaitDone();
                                }
                            }
                        }),
                FaultyBatches.plain(
                        "NameIsShortened",
                        "G-11",
                        "is called",
                        "Keeps its name in small letters.",
                        it -> new PlainBatch(it) {
                            @Override
                            public String name() {
                                return super.name().toLowerCase(Locale.ROOT);
                            }
                        }),
                FaultyBatches.plain(
                        "OneListForNamesWithoutCase",
                        "G-11",
                        "unflushed|flushes are due|was flushed",
                        "Keeps what is left in a map by names in small letters.",
                        it -> new SharesItsItems(it)));
    }

    private static final class SharesItsItems extends PlainBatch {
        private static final Map<String, Object> LAST = new ConcurrentHashMap<>();

        SharesItsItems(PlainTarget.Opening opening) {
            super(opening);
        }

        @Override
        protected void put(Object item) {
            Object before = LAST.put(name().toLowerCase(Locale.ROOT), item);
            super.put(before != null && added == 3 ? before : item);
        }
    }
}
