package org.brokertck.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the process is told to end, by Ctrl-C or SIGTERM, or the thread is interrupted. A process that was told ends with
 * code 0, as a service that stops on demand should, as soon as this is closed: open it first, so that it is closed last.
 */
final class Stop implements AutoCloseable {
    /** How long the rest may take to close. */
    private static final int PATIENCE_SECONDS = 15;

    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "tck-stop");

    private Stop() {}

    static Stop onSignal() {
        Stop stop = new Stop();
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** Returns when it is time to stop. An interrupt is over with that, so that it does not disturb the closing. */
    void await() {
        try {
            told.await();
        } catch (InterruptedException e) {
            told.countDown();
        }
    }

    private void end() {
        told.countDown();
        try {
            boolean inTime = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Runtime.getRuntime().halt(inTime ? ExitCode.CONFORMANT : ExitCode.NOT_CONFORMANT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down: the hook has been waiting for this.
        }
    }
}
