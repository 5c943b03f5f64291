package org.brokertck.rabbitmq.broker;

import java.util.concurrent.atomic.LongAdder;

/** What failed since the broker was opened. */
final class ErrorCounts {
    final LongAdder produces = new LongAdder();
    final LongAdder handlers = new LongAdder();
    final LongAdder looks = new LongAdder();

    long sum() {
        return produces.sum() + handlers.sum() + looks.sum();
    }
}
