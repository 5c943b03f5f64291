package org.brokertck.redis.queue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one instance counts. A message that goes on its way is never in two of the figures at once: a handler leaves
 * {@code running} before its outcome is settled, and is in {@code consumed} only when it is. So whoever reads the settled
 * figures first and {@code produced} last sees no more settled than produced (rule Q-19).
 */
final class Counters {
    final LongAdder produced = new LongAdder();
    final LongAdder consumed = new LongAdder();
    final LongAdder failed = new LongAdder();
    final AtomicInteger running = new AtomicInteger();
}
