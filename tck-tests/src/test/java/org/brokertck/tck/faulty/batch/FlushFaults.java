package org.brokertck.tck.faulty.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.batch.plain.PlainBatch;

/** When a batch is flushed, what it holds, and who waits for it. */
final class FlushFaults {
    private static final String SIZE = "flushes? (are|is|was|were|of)|was flushed|there were|a batch of";
    private static final String TIME = SIZE + "|and there were|days? to go|less than";

    private FlushFaults() {}

    static List<Fault> all() {
        return List.of(
                FaultyBatches.plain(
                        "EqualItemsGoTogether",
                        "K-1",
                        "equal items",
                        "Removes from what waits all that equals an item of the batch that was flushed.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void succeeded() {
                                List<Object> done = items.subList(0, inHand).stream()
                                        .map(Item::value)
                                        .toList();
                                super.succeeded();
                                items.removeIf(left -> done.contains(left.value()));
                            }
                        }),
                FaultyBatches.plain(
                        "FlushesAtOneMore", "K-1", SIZE, "Compares with > where >= is due.", it -> new PlainBatch(it) {
                            @Override
                            protected boolean isLarge() {
                                return items.size() > config.batchSize();
                            }
                        }),
                FaultyBatches.plain(
                        "StampsAnewWhatABatchLeaves",
                        "K-1",
                        "flushes are due|was flushed",
                        "Takes the time at which a batch was taken for that at which the rest came.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected List<Object> takeInHand() {
                                List<Object> batch = super.takeInHand();
                                items.subList(inHand, items.size())
                                        .replaceAll(left -> new Item(left.value(), time.nanoTime()));
                                return batch;
                            }
                        }),
                FaultyBatches.plain(
                        "FlushesAtOneLess", "K-1", SIZE, "Flushes one item too soon.", it -> new PlainBatch(it) {
                            @Override
                            protected boolean isLarge() {
                                return items.size() >= config.batchSize() - 1;
                            }
                        }),
                FaultyBatches.plain(
                        "BatchesGrowDuringAFlush",
                        "K-1",
                        SIZE,
                        "Takes all that has come, however much it is.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected List<Object> takeInHand() {
                                if (inHand == 0) {
                                    inHand = items.size();
                                }
                                return super.takeInHand();
                            }
                        }),
                FaultyBatches.plain(
                        "IntervalFromTheLastItem",
                        "K-1",
                        TIME,
                        "Starts the interval anew with each item.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected long intervalEnds() {
                                return items.get(items.size() - 1).at()
                                        + config.flushInterval().toNanos();
                            }
                        }),
                FaultyBatches.plain(
                        "IntervalFromTheLastFlush",
                        "K-1",
                        TIME,
                        "Flushes in a fixed beat, whenever the first item came.",
                        it -> new PlainBatch(it) {
                            private long last = time.nanoTime();

                            @Override
                            protected long intervalEnds() {
                                return last + config.flushInterval().toNanos();
                            }

                            @Override
                            protected void succeeded() {
                                super.succeeded();
                                last = time.nanoTime();
                            }
                        }),
                FaultyBatches.plain(
                        "WhatIsLeftStartsAnew",
                        "K-1",
                        TIME,
                        "Counts the interval of what a full batch left behind from that flush.",
                        it -> new PlainBatch(it) {
                            private long last = Long.MIN_VALUE;

                            @Override
                            protected long intervalEnds() {
                                long own = super.intervalEnds();
                                return last == Long.MIN_VALUE
                                        ? own
                                        : Math.max(
                                                own,
                                                last + config.flushInterval().toNanos());
                            }

                            @Override
                            protected void succeeded() {
                                super.succeeded();
                                last = items.isEmpty() ? Long.MIN_VALUE : time.nanoTime();
                            }
                        }),
                FaultyBatches.plain(
                        "NoIntervalWithoutANextItem",
                        "K-1",
                        TIME + "|flushes are due",
                        "Looks at the interval only when an item is added.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected long intervalEnds() {
                                return items.size() > 1
                                        ? super.intervalEnds()
                                        : time.nanoTime()
                                                + config.flushInterval().toNanos();
                            }
                        }),
                FaultyBatches.plain(
                        "IntervalIsIgnored", "K-1", TIME, "Flushes full batches only.", it -> new PlainBatch(it) {
                            @Override
                            protected boolean isDue(long now) {
                                return (inHand > 0 || closing || isLarge()) && super.isDue(now);
                            }
                        }),
                FaultyBatches.plain(
                        "NewestFirst",
                        "K-1",
                        "flush 1 was|added as",
                        "Flushes from a stack.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected List<Object> handedOut(List<Object> batch) {
                                List<Object> reversed = new ArrayList<>(batch);
                                Collections.reverse(reversed);
                                return reversed;
                            }
                        }),
                FaultyBatches.plain(
                        "FlushesAtOnce",
                        "K-1",
                        "two flushes ran at once|added as|has not ended|flushed next",
                        "Hands batches to threads of their own.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected boolean flush(List<Object> batch) {
                                Thread thread = new Thread(() -> super.flush(batch), "faulty-flush");
                                thread.setDaemon(true);
                                thread.start();
                                return true;
                            }
                        }),
                FaultyBatches.plain(
                        "DropsDuplicates",
                        "K-1",
                        "were added|flushes are|metrics are|there were|neither flushed",
                        "Forgets every hundredth item, since its list is cut at the wrong end.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void put(Object item) {
                                super.put(item);
                                if (added % 20 == 0) {
                                    items.remove(items.size() - 1);
                                }
                            }
                        }),
                FaultyBatches.plain(
                        "AddWaitsForItsFlush",
                        "K-1",
                        "did not return|first flush did not happen",
                        "Lets whoever completes a batch wait until it is flushed.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected void put(Object item) {
                                super.put(item);
                                if (isLarge()) {
                                    try {
                                        while (items.size() >= config.batchSize() && !cut) {
                                            changed.await();
                                        }
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                }
                            }
                        }),
                FaultyBatches.plain(
                        "CapacityWithoutTheBatchInHand",
                        "K-1",
                        "was accepted|returned where there was no room|items are unflushed",
                        "Counts only what no flush has begun with.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected boolean isFull() {
                                return items.size() - inHand >= config.capacity();
                            }
                        }),
                FaultyBatches.plain(
                        "OneItemOverCapacity",
                        "K-1",
                        "was accepted|returned where",
                        "Compares with > where >= is due.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected boolean isFull() {
                                return items.size() > config.capacity();
                            }
                        }),
                FaultyBatches.plain(
                        "RefusedItemsAreCounted",
                        "K-1",
                        "metrics are",
                        "Counts an item before it looks for room.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected RuntimeException full() {
                                added++;
                                return super.full();
                            }
                        }),
                FaultyBatches.plain(
                        "RefusedItemsAreFlushed",
                        "K-1",
                        "was flushed|flushes are|unflushed",
                        "Keeps an item that it refused.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected RuntimeException full() {
                                items.add(new Item("refused", time.nanoTime()));
                                return super.full();
                            }
                        }),
                FaultyBatches.plain(
                        "FullIsATimeout",
                        "K-1",
                        "threw",
                        "Throws the exception of unknown outcomes where there is no room.",
                        it -> new PlainBatch(it) {
                            @Override
                            protected RuntimeException full() {
                                return new OperationTimeoutException("full");
                            }
                        }),
                FaultyBatches.plain(
                        "RefusesAtOnce",
                        "K-1",
                        "was refused after|threw",
                        "Does not wait for room.",
                        it -> new PlainBatch(it) {
                            @Override
                            public void add(Object item) {
                                lock.lock();
                                try {
                                    if (!closing && isFull()) {
                                        throw new QueueFullException("full");
                                    }
                                    super.add(item);
                                } finally {
                                    lock.unlock();
                                }
                            }
                        }));
    }
}
