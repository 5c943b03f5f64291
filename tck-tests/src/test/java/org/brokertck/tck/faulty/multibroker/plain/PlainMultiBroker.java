package org.brokertck.tck.faulty.multibroker.plain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthListener;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.HealthTransition;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.multibroker.MultiBroker;
import org.brokertck.api.multibroker.MultiBrokerConfig;
import org.brokertck.api.multibroker.RoutingRule;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A correct multi-broker with one lock, made to be read and to be broken: each decision is a method that a variant overrides. Whatever
 * calls a broker does so on a thread of its own, without the lock.
 */
public class PlainMultiBroker implements MultiBroker {
    /** The brokers by name, in order; under the lock. */
    protected final Map<String, PlainMember> members = new LinkedHashMap<>();

    /** The rules in order; under the lock. */
    protected final List<RoutingRule> rules = new ArrayList<>();

    /** Those who subscribed; under the lock. */
    protected final List<PlainSubscription> subscriptions = new ArrayList<>();

    /** Those who hear of changes; under the lock. */
    protected final List<HealthListener> listeners = new ArrayList<>();

    /** Whose turn it is; under the lock. */
    protected int turn;

    /** Whether close was called. */
    protected volatile boolean closed;

    private final Opening opening;
    private final ExecutorService threads;
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private TimeSource.@Nullable Alarm nextRound;

    /** Opens it. */
    @SuppressWarnings("this-escape") // a round begins later
    public PlainMultiBroker(Opening opening) {
        this.opening = opening;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "plain-" + opening.name());
            thread.setDaemon(true);
            return thread;
        });
        scheduleRound();
    }

    @Override
    public final String name() {
        return opening.name();
    }

    /** The settings. */
    protected final MultiBrokerConfig config() {
        return opening.config();
    }

    /** The time. */
    protected final TimeSource time() {
        return opening.time();
    }

    /** A step under the lock. */
    protected final synchronized <T> T locked(Supplier<T> step) {
        return step.get();
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("Multi-broker '" + name() + "' is closed");
        }
    }

    @Override
    public void addBroker(String name, MessageBroker broker) {
        if (Objects.requireNonNull(name, "name").isBlank()
                || name.contains(",")
                || !name.strip().equals(name)) {
            throw new IllegalArgumentException("name is '" + name + "': no rule could name it");
        }
        Objects.requireNonNull(broker, "broker");
        PlainMember member = new PlainMember(name, broker);
        List<PlainSubscription> missing = locked(() -> {
            requireOpen();
            requireNew(name);
            members.put(name, member);
            return List.copyOf(subscriptions);
        });
        look(member);
        joinNew(member, missing);
    }

    /** Refuses a name that is taken. */
    protected void requireNew(String name) {
        if (members.containsKey(name)) {
            throw new IllegalArgumentException("name is '" + name + "': it is taken");
        }
    }

    /** Makes the subscriptions of before on a new broker. */
    protected void joinNew(PlainMember member, List<PlainSubscription> missing) {
        missing.forEach(it -> join(member, it));
    }

    @Override
    public void setRoutingRule(String pattern, String brokers) {
        RoutingRule rule = RoutingRule.parse(pattern, brokers);
        locked(() -> {
            requireOpen();
            rule.brokers().forEach(this::requireKnown);
            set(rule);
            return true;
        });
    }

    /** Refuses a broker that is not there. */
    protected void requireKnown(String broker) {
        if (!members.containsKey(broker)) {
            throw new IllegalArgumentException("brokers names '" + broker + "', which is not there");
        }
    }

    /** Puts a rule in its place. */
    protected void set(RoutingRule rule) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).pattern().equals(rule.pattern())) {
                rules.set(i, rule);
                return;
            }
        }
        rules.add(rule);
    }

    @Override
    public List<RoutingRule> routingRules() {
        return locked(() -> List.copyOf(rules));
    }

    @Override
    public void produce(String topic, Message message) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(message, "message");
        List<PlainMember> candidates = locked(() -> {
            requireOpen();
            return candidates(topic);
        });
        Map<PlainMember, Throwable> causes = new LinkedHashMap<>();
        for (PlainMember member : candidates) {
            if (!locked(() -> hasJoined(member, topic) && mayCall(member))) {
                causes.put(member, member.lastFailure);
                continue;
            }
            try {
                deliver(member, topic, message);
                locked(() -> succeeded(member));
                return;
            } catch (Throwable failure) {
                if (failure instanceof OperationInterruptedException own
                        && own.getCause() instanceof InterruptedException) {
                    throw own;
                }
                causes.put(member, failure);
                locked(() -> failed(member, failure));
                onFailure(topic, failure);
            }
        }
        throw unavailable(topic, causes);
    }

    /** A broker failed, and the next is tried. */
    protected void onFailure(String topic, Throwable failure) {}

    /** Hands a message to one broker. */
    protected void deliver(PlainMember member, String topic, Message message) throws Throwable {
        bounded(config().produceTimeout(), () -> {
            member.broker.produce(topic, message);
            return true;
        });
    }

    /** What is thrown when nobody took the message. */
    protected BrokerException unavailable(String topic, Map<PlainMember, Throwable> causes) {
        BrokerUnavailableException failure =
                new BrokerUnavailableException("Nobody took the message to '" + topic + "': "
                        + causes.entrySet().stream()
                                .map(it -> it.getKey().name + ": " + it.getValue())
                                .toList());
        causes.values().forEach(failure::addSuppressed);
        return failure;
    }

    /** Whom a message may go to, in order; under the lock. */
    protected List<PlainMember> candidates(String topic) {
        RoutingRule rule = match(topic);
        List<PlainMember> named = rule == null
                ? List.copyOf(members.values())
                : rule.brokers().stream()
                        .map(it -> Objects.requireNonNull(members.get(it)))
                        .toList();
        List<PlainMember> ordered = new ArrayList<>();
        for (Health health : Health.values()) {
            List<PlainMember> alike = new ArrayList<>(
                    named.stream().filter(it -> it.health() == health).toList());
            if (rule == null && health == Health.HEALTHY && !alike.isEmpty()) {
                balance(alike);
            }
            ordered.addAll(alike);
        }
        return ordered;
    }

    /** The rule of a topic; under the lock. */
    protected @Nullable RoutingRule match(String topic) {
        return rules.stream()
                .filter(it -> it.pattern().matches(topic))
                .findFirst()
                .orElse(null);
    }

    /** Puts the one whose turn it is first; under the lock. */
    protected void balance(List<PlainMember> healthy) {
        Collections.rotate(healthy, -(turn++ % healthy.size()));
    }

    /** Whether all subscriptions to the topic are made on it; under the lock. */
    protected boolean hasJoined(PlainMember member, String topic) {
        return subscriptions.stream()
                .filter(it -> it.topic().equals(topic) && !joining.contains(it))
                .allMatch(member.handles::containsKey);
    }

    private final List<PlainSubscription> joining = new ArrayList<>();

    /** Whether its circuit lets a message through, which is a probe when it is open; under the lock. */
    protected boolean mayCall(PlainMember member) {
        if (member.failures < config().failureThreshold()) {
            return true;
        }
        boolean due = time().nanoTime() - member.openUntil >= 0;
        if (due) {
            openCircuit(member);
        }
        return due;
    }

    /** Opens the circuit, or keeps it open; under the lock. */
    protected void openCircuit(PlainMember member) {
        member.openUntil = time().nanoTime() + config().probeInterval().toNanos();
    }

    /** A produce succeeded; under the lock. */
    protected boolean succeeded(PlainMember member) {
        member.failures = 0;
        return true;
    }

    /** A produce failed; under the lock. */
    protected boolean failed(PlainMember member, Throwable failure) {
        member.lastFailure = failure;
        member.failures++;
        openCircuit(member);
        return true;
    }

    @Override
    public TopicSubscription subscribe(String topic, MessageHandler handler) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(handler, "handler");
        PlainSubscription subscription = new PlainSubscription(this, topic, handler);
        List<PlainMember> now = locked(() -> {
            requireOpen();
            joining.add(subscription);
            subscriptions.add(subscription);
            return List.copyOf(members.values());
        });
        now.forEach(it -> join(it, subscription));
        locked(() -> joining.remove(subscription));
        return subscription;
    }

    /** Makes a subscription on a broker; when that fails it is tried again after the next look. */
    protected void join(PlainMember member, PlainSubscription subscription) {
        try {
            bounded(config().produceTimeout(), () -> {
                TopicSubscription handle =
                        member.broker.subscribe(subscription.topic(), message -> hand(subscription, message));
                locked(() -> subscription.closed ? null : member.handles.put(subscription, handle));
                return true;
            });
        } catch (Throwable failure) {
            locked(() -> member.lastFailure = failure);
        }
    }

    /** Hands a message to its subscriber. */
    protected void hand(PlainSubscription subscription, Message message) throws Exception {
        if (subscription.closed || closed) {
            return;
        }
        inside.set(true);
        try {
            subscription.handler.handle(message);
        } finally {
            inside.remove();
        }
    }

    /** A subscription was closed. */
    protected void end(PlainSubscription subscription) {
        List<TopicSubscription> handles = locked(() -> {
            subscriptions.remove(subscription);
            List<TopicSubscription> found = new ArrayList<>();
            for (PlainMember member : members.values()) {
                TopicSubscription handle = member.handles.remove(subscription);
                if (handle != null) {
                    found.add(handle);
                }
            }
            return found;
        });
        handles.forEach(TopicSubscription::close);
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

    /** Sees to it that there is a next round of looks. */
    protected void scheduleRound() {
        nextRound = time().schedule(roundInterval(), this::round);
    }

    /** The time from one round to the next. */
    protected Duration roundInterval() {
        return config().healthInterval();
    }

    /** Looks at all brokers, each on a thread of its own. */
    protected void round() {
        locked(() -> {
            if (!closed) {
                scheduleRound();
                members.values().forEach(it -> background(() -> lookAndJoin(it)));
            }
            return true;
        });
    }

    /** Runs something on a thread of its own. */
    protected final void background(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            // It has ended.
        }
    }

    /** A look, and what follows from it. */
    protected void lookAndJoin(PlainMember member) {
        look(member);
        List<PlainSubscription> missing = locked(() -> subscriptions.stream()
                .filter(it -> !joining.contains(it) && !member.handles.containsKey(it))
                .toList());
        rejoin(member, missing);
    }

    /** Makes what is missing on a broker that may be back. */
    protected void rejoin(PlainMember member, List<PlainSubscription> missing) {
        missing.forEach(it -> join(member, it));
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
            HealthStatus found = bounded(config().healthTimeout(), member.broker::health);
            status = new HealthStatus(
                    found.status(),
                    Duration.ofNanos(time().nanoTime() - start),
                    found.errors(),
                    time().now(),
                    found.details());
        } catch (Throwable failure) {
            status = failedLook(member, failure);
        }
        HealthStatus now = status;
        HealthStatus before = locked(() -> {
            member.looking = false;
            HealthStatus last = member.status;
            if (!closed) {
                member.status = now;
            }
            return last;
        });
        if (before != null && !closed) {
            tell(member, before, now);
        }
    }

    private HealthStatus failedLook(PlainMember member, Throwable failure) {
        HealthStatus last = member.status;
        return unhealthy(time().now(), last == null ? 1 : last.errors() + 1, failure.toString());
    }

    private static HealthStatus unhealthy(Instant now, long errors, String cause) {
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
            } catch (RuntimeException ignored) {
                // Its own affair.
            } finally {
                inside.remove();
            }
        }
    }

    /** Makes a call on a thread of its own, for no longer than this. */
    protected <T> T bounded(Duration limit, Callable<T> call) throws Throwable {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        background(() -> {
            try {
                outcome.complete(call.call());
            } catch (Throwable failure) {
                outcome.completeExceptionally(failure);
            }
        });
        TimeSource.Alarm alarm = time().schedule(
                        limit,
                        () -> outcome.completeExceptionally(new OperationTimeoutException("no answer in " + limit)));
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            alarm.cancel();
        }
    }

    /** What an interrupted wait throws. */
    protected RuntimeException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new OperationInterruptedException("Interrupted", cause);
    }

    @Override
    public void close() {
        List<PlainMember> all = locked(() -> {
            List<PlainMember> open = closed ? List.of() : List.copyOf(members.values());
            if (!closed) {
                closed = true;
                if (nextRound != null) {
                    nextRound.cancel();
                }
                members.values().forEach(it -> it.status = unhealthy(time().now(), 0, "closed"));
                begin(open);
            }
            return open;
        });
        if (inside.get()) {
            return;
        }
        inside.remove();
        awaitEnd(all);
    }

    /** Begins to close the brokers; under the lock. */
    protected void begin(List<PlainMember> all) {
        List<CompletableFuture<Boolean>> closings = new ArrayList<>();
        for (PlainMember member : all) {
            CompletableFuture<Boolean> closing = new CompletableFuture<>();
            closings.add(closing);
            background(() -> {
                try {
                    member.broker.close();
                } catch (Throwable failure) {
                    // The others are closed all the same.
                } finally {
                    closing.complete(true);
                }
            });
        }
        CompletableFuture.allOf(closings.toArray(CompletableFuture<?>[]::new)).thenRun(this::finish);
        time().schedule(config().drainTimeout(), this::finish);
    }

    /** Ends all threads. */
    protected void finish() {
        threads.shutdownNow();
        if (time() instanceof SystemTimeSource own) {
            own.shutdown();
        }
        ended.complete(true);
    }

    /** Waits for the end. */
    protected void awaitEnd(List<PlainMember> all) {
        try {
            ended.get();
            threads.awaitTermination(200, TimeUnit.MILLISECONDS);
            if (time() instanceof SystemTimeSource own) {
                own.close();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }
}
