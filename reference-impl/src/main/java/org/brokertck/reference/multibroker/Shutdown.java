package org.brokertck.reference.multibroker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The end of one multi-broker: every broker is closed on a thread of its own, whatever the others do (rule M-13). It is reached when
 * all have closed or, interrupting those that have not, when the drain timeout has run out.
 */
final class Shutdown {
    private final Duration drainTimeout;
    private final TimeSource time;
    private final @Nullable SystemTimeSource ownTime;
    private final BoundedCalls calls;
    private final Announcer announcer;
    private final HealthWatch watch;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger closing = new AtomicInteger();
    private volatile CountDownLatch begins = new CountDownLatch(0);
    private volatile boolean begun;
    private TimeSource.@Nullable Alarm alarm;

    Shutdown(
            Duration drainTimeout,
            TimeSource time,
            @Nullable SystemTimeSource ownTime,
            BoundedCalls calls,
            Announcer announcer,
            HealthWatch watch) {
        this.drainTimeout = drainTimeout;
        this.time = time;
        this.ownTime = ownTime;
        this.calls = calls;
        this.announcer = announcer;
        this.watch = watch;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Runs a step that must not come after the beginning of the end; false when that has begun. */
    synchronized boolean whileOpen(Runnable step) {
        if (!begun) {
            step.run();
        }
        return !begun;
    }

    /** @param members asked when no other can come any more */
    synchronized void begin(Supplier<Collection<Member>> members) {
        if (begun) {
            return;
        }
        begun = true;
        watch.end();
        List<Member> all = List.copyOf(members.get());
        closing.set(all.size());
        all.forEach(it -> it.found(it.unhealthy(Duration.ZERO, time.now(), "closed")));
        if (all.isEmpty()) {
            cutOff();
            return;
        }
        begins = new CountDownLatch(all.size());
        all.forEach(it -> calls.run(() -> close(it)));
        try {
            // Not before: what ends the threads must not come before all of them have begun.
            alarm = time.schedule(drainTimeout, this::cutOff);
        } catch (RejectedExecutionException timeIsOver) {
            // All have closed already, and the end has come.
        }
    }

    private void close(Member member) {
        begins.countDown();
        try {
            member.broker().close();
        } catch (Throwable failure) {
            member.unheard();
            member.found(
                    member.unhealthy(Duration.ZERO, time.now(), "closed, and its close threw " + Texts.of(failure)));
        }
        if (closing.decrementAndGet() == 0) {
            cutOff();
        }
    }

    /** Ends now, whatever still runs. */
    void cutOff() {
        calls.end();
        announcer.end();
        if (ownTime != null) {
            ownTime.shutdown();
        }
        ended.countDown();
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
        begins.await();
        synchronized (this) {
            if (alarm != null) {
                alarm.cancel();
            }
        }
        calls.awaitEnd(closing.get());
        announcer.awaitEnd();
        if (ownTime != null) {
            ownTime.close();
        }
    }
}
