package org.brokertck.tck.faulty.batch.legal;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.resilience.BatchMetrics;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.faulty.batch.plain.PlainBatch;
import org.brokertck.tck.faulty.batch.plain.PlainTarget;
import org.jspecify.annotations.Nullable;

/** All odd but legal batch processors, by name. */
final class LegalBatches {
    private LegalBatches() {}

    static List<ConformanceTarget> all() {
        return List.of(
                PlainTarget.of("ListsThatNobodyCanChange", it -> new PlainBatch(it) {
                    @Override
                    protected List<Object> handedOut(List<Object> batch) {
                        return List.copyOf(batch);
                    }

                    @Override
                    public List<Object> unflushed() {
                        return List.copyOf(super.unflushed());
                    }
                }),
                PlainTarget.of("WordyRefusals", it -> new PlainBatch(it) {
                    @Override
                    @SuppressWarnings("NullAway") // null where it is not allowed is the point
                    public void add(@Nullable Object item) {
                        if (item == null) {
                            throw new IllegalArgumentException("Item must not be null, dear caller, and was");
                        }
                        super.add(item);
                    }
                }),
                PlainTarget.of("TakesItsTimeToFlush", it -> new PlainBatch(it) {
                    @Override
                    protected boolean flush(List<Object> batch) {
                        LockSupport.parkNanos(200_000);
                        return super.flush(batch);
                    }
                }),
                PlainTarget.of("FiguresLagBehind", it -> new PlainBatch(it) {
                    private @Nullable BatchMetrics last;
                    private long taken;

                    @Override
                    public BatchMetrics metrics() {
                        lock.lock();
                        try {
                            BatchMetrics known = last;
                            if (known == null || closing || System.nanoTime() - taken > 5_000_000) {
                                known = super.metrics();
                                last = known;
                                taken = System.nanoTime();
                            }
                            return known;
                        } finally {
                            lock.unlock();
                        }
                    }
                }));
    }
}
