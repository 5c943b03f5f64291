package org.brokertck.performance.contract;

import java.util.concurrent.ThreadLocalRandom;

/** Names that no other run uses at the same server. */
final class Names {
    private Names() {}

    static String fresh() {
        return "bench-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 60), Character.MAX_RADIX);
    }
}
