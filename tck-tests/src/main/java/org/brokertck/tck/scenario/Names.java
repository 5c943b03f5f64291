package org.brokertck.tck.scenario;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Names that no instance had before, not even in an earlier run against the same server. */
public final class Names {
    private static final String RUN = UUID.randomUUID().toString().substring(0, 8);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Names() {}

    /** A fresh name that contains the rule's id. */
    public static String fresh(String ruleId) {
        return ruleId.toLowerCase(Locale.ROOT) + "-" + RUN + "-" + COUNT.incrementAndGet();
    }
}
