package org.brokertck.rabbitmq.connection;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last step of an instance's end: its two connections, then whatever thread is left. */
public final class Farewell {
    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private Farewell() {}

    /**
     * Takes it; an interrupt cuts it short. Both connections end at once, so that a silent server is waited for once.
     *
     * @param what is closed, for the log
     * @param sending is closed last
     */
    public static void take(String what, InstanceThreads threads, Link sending, Link receiving) {
        sending.beginClosing();
        try {
            receiving.close();
            sending.close();
            if (!threads.join(Deadline.in(GRACE))) {
                LOG.warn("A thread of {} outlives its closing: a handler took no notice of its interrupt", what);
            }
        } catch (InterruptedException hurried) {
            LOG.debug("The {} was closed without waiting for its last thread", what);
        }
    }
}
