package org.brokertck.reference.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.brokertck.api.monitoring.Alert;
import org.brokertck.api.monitoring.AlertCallback;
import org.brokertck.api.monitoring.AlertMetric;
import org.brokertck.api.monitoring.AlertRule;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into alerts, as Prometheus does: pending, firing, resolved (rules O-5 and O-6). All rules are evaluated at each
 * interval; a gauge is looked at with each recording too, so that no lapse is missed, and a pending alert at the very moment
 * when it is due. No callback runs under the lock.
 */
final class Alerting {
    private final TimeSource time;
    private final Duration interval;
    private final Supplier<Collection<QueueFigures>> queues;
    private final AlertLog log;
    private final Callbacks callbacks;
    private final LongAdder evaluations = new LongAdder();
    private final LongAdder fired = new LongAdder();
    private final LongAdder resolved = new LongAdder();
    /** Held while alerts change; never while anybody else's code runs. */
    private final Object guard = new Object();

    private volatile List<Watch> watches = List.of();
    private volatile long evaluatedAt;
    private TimeSource.@Nullable Alarm tick;
    private boolean ended;

    Alerting(
            TimeSource time,
            Duration interval,
            Supplier<Collection<QueueFigures>> queues,
            AlertLog log,
            Callbacks callbacks) {
        this.time = time;
        this.interval = interval;
        this.queues = queues;
        this.log = log;
        this.callbacks = callbacks;
        this.evaluatedAt = time.nanoTime();
    }

    /** Evaluates at each interval from now on. */
    void start() {
        synchronized (guard) {
            if (!ended) {
                tick = time.schedule(interval, this::tick);
            }
        }
    }

    private void tick() {
        synchronized (guard) {
            if (!ended) {
                evaluate();
            }
        }
        start();
    }

    private void evaluate() {
        evaluations.increment();
        evaluatedAt = time.nanoTime();
        for (Watch watch : watches) {
            queues.get().forEach(it -> look(watch, it));
        }
    }

    /** Puts valid rules in force in place of those before; equal ones go on. */
    void setUp(List<AlertRule> rules) {
        synchronized (guard) {
            if (ended) {
                return;
            }
            List<Watch> former = new ArrayList<>(watches);
            List<Watch> next = new ArrayList<>();
            for (AlertRule rule : rules) {
                Watch watch = former.stream()
                        .filter(it -> it.rule().equals(rule))
                        .findFirst()
                        .orElseGet(() -> Watch.of(rule, callbacks.newLane()));
                former.remove(watch);
                next.add(watch);
            }
            former.forEach(this::drop);
            watches = List.copyOf(next);
            evaluate();
        }
    }

    private void drop(Watch watch) {
        Map.copyOf(watch.episodes())
                .forEach((queue, episode) -> over(watch, queue, episode, queue.value(watch.metric(), time.millis())));
    }

    /** To be called after a gauge was set. */
    void recorded(QueueFigures queue, AlertMetric gauge) {
        double value = queue.value(gauge, 0);
        for (Watch watch : watches) {
            if (watch.metric() == gauge && watch.isChangedBy(queue, value)) {
                lookAgain(queue, gauge);
                return;
            }
        }
    }

    /** The gauge is read anew under the lock: of several recordings at once the last one counts. */
    private void lookAgain(QueueFigures queue, AlertMetric gauge) {
        synchronized (guard) {
            if (!ended) {
                watches.stream().filter(it -> it.metric() == gauge).forEach(it -> look(it, queue));
            }
        }
    }

    private void look(Watch watch, QueueFigures queue) {
        double value = queue.value(watch.metric(), time.millis());
        Episode episode = watch.episodes().get(queue);
        if (watch.holds(value)) {
            if (episode == null) {
                begin(watch, queue, value);
            } else if (!episode.isFiring() && episode.isDue(time.nanoTime())) {
                fire(watch, episode, value);
            }
        } else if (episode != null) {
            over(watch, queue, episode, value);
        }
    }

    private void begin(Watch watch, QueueFigures queue, double value) {
        Instant now = time.now();
        Alert pending = Alert.of(watch.rule(), queue.name(), AlertState.PENDING, value, now, now);
        Episode episode = new Episode(pending, time.nanoTime());
        watch.episodes().put(queue, episode);
        if (watch.rule().duration().isZero()) {
            fire(watch, episode, value);
        } else {
            episode.wakeAt(time.schedule(watch.rule().duration(), () -> wake(watch, queue, episode)));
        }
    }

    private void wake(Watch watch, QueueFigures queue, Episode episode) {
        synchronized (guard) {
            if (!ended && watch.episodes().get(queue) == episode) {
                look(watch, queue);
            }
        }
    }

    private void fire(Watch watch, Episode episode, double value) {
        Alert firing = at(episode, AlertState.FIRING, value);
        episode.fire(firing);
        fired.increment();
        log.add(firing);
        tell(watch, it -> it.fired(firing));
    }

    private void over(Watch watch, QueueFigures queue, Episode episode, double value) {
        watch.episodes().remove(queue);
        episode.end();
        if (episode.isFiring()) {
            Alert over = at(episode, AlertState.RESOLVED, value);
            resolved.increment();
            log.add(over);
            tell(watch, it -> it.resolved(over));
        }
    }

    private Alert at(Episode episode, AlertState state, double value) {
        Alert before = episode.alert();
        return Alert.of(before.rule(), before.queue(), state, value, before.activeSince(), time.now());
    }

    private static void tell(Watch watch, Consumer<AlertCallback> event) {
        AlertCallback callback = watch.rule().callback();
        if (callback != null) {
            watch.lane().submit(() -> event.accept(callback));
        }
    }

    /** The alerts that are pending or fire, by the time since which they are active. */
    List<Alert> active() {
        synchronized (guard) {
            return activeAlerts()
                    .sorted(Comparator.comparing(Alert::activeSince))
                    .toList();
        }
    }

    private Stream<Alert> activeAlerts() {
        return watches.stream().flatMap(it -> it.episodes().values().stream()).map(Episode::alert);
    }

    /** How many alerts are in this state now. */
    long count(AlertState state) {
        synchronized (guard) {
            return activeAlerts().filter(it -> it.state() == state).count();
        }
    }

    long evaluations() {
        return evaluations.sum();
    }

    long fired() {
        return fired.sum();
    }

    long resolved() {
        return resolved.sum();
    }

    /** How long ago the rules were evaluated last. */
    Duration sinceEvaluation() {
        return Duration.ofNanos(Math.max(0, time.nanoTime() - evaluatedAt));
    }

    /** Evaluates nothing any more; what is active stays as it was last seen. */
    void end() {
        synchronized (guard) {
            ended = true;
            if (tick != null) {
                tick.cancel();
            }
            watches.forEach(watch -> watch.episodes().values().forEach(Episode::end));
        }
    }
}
