package org.brokertck.redis.broker;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What failed since the broker was opened. */
final class BrokerErrors {
    final LongAdder produces = new LongAdder();
    final LongAdder handlers = new LongAdder();
    final LongAdder looks = new LongAdder();

    long sum() {
        return produces.sum() + handlers.sum() + looks.sum();
    }

    void addTo(Map<String, Object> details) {
        details.put("failedProduces", produces.sum());
        details.put("failedHandlers", handlers.sum());
        details.put("failedLooks", looks.sum());
    }
}
