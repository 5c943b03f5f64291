package org.brokertck.redis.partitioned;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.partitioned.ShutdownReport;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.RedisFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a broker, on a thread of its own, since a handler may ask for it that the end must wait for. */
final class LogShutdown {
    private static final Logger LOG = LoggerFactory.getLogger(LogShutdown.class);

    /** For what the server must still hear in the end. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** For what should take no time, such as an interrupted handler to return. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final LogParts parts;
    private final Outbox outbox;
    private final Sender sender;
    private final Fetcher fetcher;
    private final Committer committer;
    private final Coordinator coordinator;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Thread thread;
    private volatile Deadline deadline = Deadline.in(Duration.ZERO);
    private volatile ShutdownReport report = ShutdownReport.CLEAN;

    LogShutdown(
            LogParts parts,
            Outbox outbox,
            Sender sender,
            Fetcher fetcher,
            Committer committer,
            Coordinator coordinator) {
        this.parts = parts;
        this.outbox = outbox;
        this.sender = sender;
        this.fetcher = fetcher;
        this.committer = committer;
        this.coordinator = coordinator;
        this.thread = new Thread(this::run, parts.threadName("closer"));
        thread.setDaemon(true);
    }

    ShutdownReport shutdown(Duration time) {
        if (begun.compareAndSet(false, true)) {
            deadline = Deadline.in(time);
            parts.lifecycle().beginClosing();
            outbox.flush();
            thread.start();
        }
        if (coordinator.members().stream().noneMatch(Member::isHandlerThread)) {
            await();
        }
        return report;
    }

    private void await() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            awaitInHurry();
            throw parts.failures()
                    .interrupted("shut broker '" + parts.broker() + "' down", "it is shut down all the same");
        }
    }

    /** Short, since nothing is waited for any more; so a further interrupt does not end it. */
    private void awaitInHurry() {
        while (true) {
            try {
                thread.join();
                return;
            } catch (InterruptedException e) {
                LOG.debug("Interrupted again while shutting broker {} down", parts.broker());
            }
        }
    }

    private void run() {
        List<Member> members = coordinator.members();
        members.forEach(Member::beginLeaving);
        try {
            for (Member member : members) {
                boolean unused = member.awaitHandlers(deadline);
            }
            boolean unused = outbox.awaitEmpty(deadline.left().toNanos());
        } catch (InterruptedException e) {
            LOG.debug("The shutdown of broker {} is in a hurry", parts.broker());
        }
        int interrupted = members.stream().mapToInt(Member::cutOff).sum();
        committer.giveUp();
        long unflushed = stopSending();
        awaitLeft(members);
        report = new ShutdownReport(unflushed, interrupted);
        stopAll();
    }

    private long stopSending() {
        try {
            return sender.stop(GRACE);
        } catch (InterruptedException e) {
            return stopSending();
        }
    }

    /** The commits of what was handled, and the release of partitions, are under way. */
    private void awaitLeft(List<Member> members) {
        Deadline end = Deadline.in(TIMEOUT);
        try {
            for (Member member : members) {
                boolean unused = Member.await(member.left(), end);
            }
        } catch (InterruptedException e) {
            LOG.debug("The shutdown of broker {} is in a hurry", parts.broker());
        }
    }

    private void stopAll() {
        boolean unused = Thread.interrupted();
        List<Loop> loops = List.of(fetcher.loop(), committer.loop(), coordinator.loop());
        loops.forEach(Loop::stop);
        parts.timer().shutdownNow();
        signOff();
        parts.wires().close();
        parts.handlers().shutdown();
        Deadline end = Deadline.in(GRACE);
        try {
            for (Loop loop : loops) {
                loop.join(end.left());
            }
            terminate(parts.handlers(), end);
            terminate(parts.timer(), end);
        } catch (InterruptedException e) {
            parts.handlers().shutdownNow();
        }
    }

    private void terminate(ExecutorService threads, Deadline end) throws InterruptedException {
        if (!threads.awaitTermination(end.left().toNanos(), TimeUnit.NANOSECONDS)) {
            threads.shutdownNow();
            if (!threads.awaitTermination(GRACE.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("A handler of broker {} goes on after its interrupt", parts.broker());
            }
        }
    }

    private void signOff() {
        if (parts.wires().open() == 0) {
            return;
        }
        try {
            parts.server().signOff(parts.wires().connected(Wires.Use.CONTROL, Deadline.in(GRACE)), GRACE);
        } catch (RedisFailure e) {
            LOG.debug("Broker {} could not sign off ({}); what it left runs out", parts.broker(), e.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
