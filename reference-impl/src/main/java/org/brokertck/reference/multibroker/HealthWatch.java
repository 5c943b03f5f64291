package org.brokertck.reference.multibroker;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.HealthTransition;
import org.brokertck.api.multibroker.MultiBrokerConfig;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** Looks at every broker at the health interval, on threads that nobody waits for (rules M-11, M-12). */
final class HealthWatch {
    private final MultiBrokerConfig config;
    private final TimeSource time;
    private final Supplier<Iterable<Member>> members;
    private final Announcer announcer;
    private final Consumer<Member> afterLook;
    private TimeSource.@Nullable Alarm next;
    private boolean ended;

    /** @param afterLook told after each look; must not wait */
    HealthWatch(
            MultiBrokerConfig config,
            TimeSource time,
            Supplier<Iterable<Member>> members,
            Announcer announcer,
            Consumer<Member> afterLook) {
        this.config = config;
        this.time = time;
        this.members = members;
        this.announcer = announcer;
        this.afterLook = afterLook;
    }

    /** From now on brokers are looked at. */
    synchronized void start() {
        if (!ended) {
            next = time.schedule(config.healthInterval(), this::round);
        }
    }

    private void round() {
        start();
        for (Member member : members.get()) {
            look(member);
        }
    }

    /** Begins a look at one broker, unless one is under way; completes when it has ended. */
    CompletableFuture<Boolean> look(Member member) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        if (!member.beginCheck()) {
            done.complete(false);
            return done;
        }
        long start = time.nanoTime();
        if (member.checks().stuck() > 0) {
            // Another thread for it would hang too.
            conclude(member, null, new IllegalStateException("an earlier look has not been answered yet"), start);
            done.complete(true);
            return done;
        }
        member.checks()
                .start("a look at the health of broker '" + member.name() + "'", config.healthTimeout(), () -> {
                    HealthStatus status = member.broker().health();
                    if (status == null) {
                        throw new IllegalStateException("health() gave nothing");
                    }
                    return status;
                })
                .whenEnded((status, failure) -> {
                    conclude(member, status, failure, start);
                    done.complete(true);
                });
        return done;
    }

    private void conclude(Member member, @Nullable HealthStatus found, @Nullable Throwable failure, long start) {
        Duration latency = Duration.ofNanos(Math.max(0, time.nanoTime() - start));
        HealthStatus status = found == null ? failed(member, failure, latency) : seen(member, found, latency);
        // Before its result shows: whoever sees that may count on the next look.
        member.endCheck();
        note(member, status);
        afterLook.accept(member);
    }

    private HealthStatus seen(Member member, HealthStatus found, Duration latency) {
        Map<String, Object> details = new LinkedHashMap<>(found.details());
        details.put("circuit", member.circuit().state());
        member.tells(found.errors());
        return new HealthStatus(found.status(), latency, member.errors(), time.now(), details);
    }

    private HealthStatus failed(Member member, @Nullable Throwable failure, Duration latency) {
        Throwable thrown = failure == null ? new IllegalStateException("no answer") : failure;
        member.failed(thrown);
        member.unheard();
        return member.unhealthy(latency, time.now(), Texts.of(thrown));
    }

    /** After the end what was under way is not noted any more. */
    private synchronized void note(Member member, HealthStatus now) {
        if (ended) {
            return;
        }
        HealthStatus before = member.found(now);
        if (before != null && before.status() != now.status()) {
            announcer.tell(new HealthTransition(member.name(), before.status(), now));
        }
    }

    synchronized void end() {
        ended = true;
        if (next != null) {
            next.cancel();
        }
    }
}
