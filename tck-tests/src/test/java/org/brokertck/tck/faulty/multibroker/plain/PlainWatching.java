package org.brokertck.tck.faulty.multibroker.plain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthListener;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.HealthTransition;
import org.jspecify.annotations.Nullable;

/** The health of the brokers, as the plain multi-broker finds it and tells it. */
public abstract class PlainWatching extends PlainCalls {
    /** The brokers by name, in order; under the lock. */
    protected final Map<String, PlainMember> members = new LinkedHashMap<>();

    /** Those who hear of changes; under the lock. */
    protected final List<HealthListener> listeners = new ArrayList<>();

    private final Deque<Runnable> untold = new ArrayDeque<>();
    private boolean telling;

    PlainWatching(Opening opening) {
        super(opening);
    }

    @Override
    public Map<String, HealthStatus> brokerHealth() {
        return locked(() -> {
            Map<String, HealthStatus> all = new LinkedHashMap<>();
            members.forEach((name, member) -> {
                if (member.status != null) {
                    all.put(name, told(member));
                }
            });
            return all;
        });
    }

    /** What is told of a broker; under the lock. */
    protected HealthStatus told(PlainMember member) {
        return Objects.requireNonNull(member.status);
    }

    @Override
    public void addHealthListener(HealthListener listener) {
        Objects.requireNonNull(listener, "listener");
        locked(() -> {
            requireOpen();
            return listeners.add(listener);
        });
    }

    /** Looks at one broker, unless somebody does. */
    protected void look(PlainMember member) {
        if (locked(() -> {
            boolean busy = member.looking;
            member.looking = true;
            return busy;
        })) {
            return;
        }
        long start = time().nanoTime();
        HealthStatus status;
        try {
            HealthStatus found = bounded(config().healthTimeout(), () -> ask(member));
            status = new HealthStatus(
                    found.status(),
                    Duration.ofNanos(time().nanoTime() - start),
                    errors(member, found),
                    time().now(),
                    found.details());
        } catch (Throwable failure) {
            status = failedLook(member, failure);
        }
        HealthStatus now = status;
        locked(() -> {
            member.looking = false;
            HealthStatus last = member.status;
            if (!closed) {
                member.status = now;
            }
            return closed || last == null || untold.add(() -> tell(member, last, now));
        });
        tellInTurn();
    }

    /** Whoever comes first tells all, so that listeners hear of one change after another. */
    private void tellInTurn() {
        for (Runnable next = nextUntold(); next != null; next = nextUntold()) {
            try {
                next.run();
            } finally {
                locked(() -> telling = false);
            }
        }
    }

    private @Nullable Runnable nextUntold() {
        return locked(() -> {
            Runnable next = telling ? null : untold.poll();
            telling |= next != null;
            return next;
        });
    }

    /** Asks a broker how it is, on a thread of its own. */
    protected HealthStatus ask(PlainMember member) {
        return member.broker.health();
    }

    /** What a look that failed finds. */
    protected HealthStatus failedLook(PlainMember member, Throwable failure) {
        HealthStatus last = member.status;
        member.failedLooks.incrementAndGet();
        return unhealthy(time().now(), last == null ? 1 : last.errors() + 1, failure.toString());
    }

    /** The errors that a broker tells of, and the looks that failed. */
    protected long errors(PlainMember member, HealthStatus found) {
        return found.errors() + member.failedLooks.get();
    }

    /** What is told of a broker that cannot be reached. */
    static HealthStatus unhealthy(Instant now, long errors, String cause) {
        return new HealthStatus(Health.UNHEALTHY, Duration.ZERO, errors, now, Map.of(HealthStatus.CAUSE, cause));
    }

    /** Tells the listeners of a change. */
    protected void tell(PlainMember member, HealthStatus before, HealthStatus now) {
        if (before.status() != now.status()) {
            announce(new HealthTransition(member.name, before.status(), now));
        }
    }

    /** Tells every listener, whatever one of them throws. */
    protected void announce(HealthTransition transition) {
        for (HealthListener listener : locked(() -> List.copyOf(listeners))) {
            inside.set(true);
            try {
                listener.changed(transition);
            } catch (Throwable ignored) {
                // Its own affair.
            } finally {
                inside.remove();
            }
        }
    }
}
