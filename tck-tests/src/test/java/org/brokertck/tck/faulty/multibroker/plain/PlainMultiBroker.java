package org.brokertck.tck.faulty.multibroker.plain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.multibroker.RoutingRule;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.reference.time.SystemTimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A correct multi-broker with one lock, made to be read and to be broken: each decision is a method that a variant overrides. Whatever
 * calls a broker does so on a thread of its own, without the lock.
 */
public class PlainMultiBroker extends PlainSubscribing {
    /** The rules in order; under the lock. */
    protected final List<RoutingRule> rules = new ArrayList<>();

    /** Whose turn it is; under the lock. */
    protected int turn;

    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    /** Opens it. */
    @SuppressWarnings("this-escape") // a round begins later
    public PlainMultiBroker(Opening opening) {
        super(opening);
        scheduleRound();
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
            if (!locked(() -> mayTake(member, topic))) {
                causes.put(member, passedOver(member));
                continue;
            }
            try {
                deliver(member, topic, message);
                locked(() -> succeeded(member));
                return;
            } catch (Throwable failure) {
                if (isOwnInterrupt(failure)) {
                    throw (OperationInterruptedException) failure;
                }
                causes.put(member, failure);
                locked(() -> failure instanceof MessageTooLargeException tooLarge
                        ? refused(member, tooLarge)
                        : failed(member, failure));
                onFailure(topic, failure);
            }
        }
        throw unavailable(topic, causes);
    }

    /** What is told of a broker that was not called: it knows that it did not take the message. */
    protected Throwable passedOver(PlainMember member) {
        return member.lastFailure instanceof OperationTimeoutException last
                ? new BrokerUnavailableException("Passed over, after the last answer was lost", last)
                : member.lastFailure;
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
        if (!causes.isEmpty() && causes.values().stream().allMatch(MessageTooLargeException.class::isInstance)) {
            return new MessageTooLargeException("The message to '" + topic + "' is too large for every broker");
        }
        String text = "Nobody took the message to '" + topic + "': "
                + causes.entrySet().stream()
                        .map(it -> it.getKey().name + ": " + it.getValue())
                        .toList();
        boolean unknown = causes.values().stream().anyMatch(OperationTimeoutException.class::isInstance);
        BrokerException failure = unknown ? new OperationTimeoutException(text) : new BrokerUnavailableException(text);
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

    /** Whether a broker may be given a message now; under the lock. */
    protected boolean mayTake(PlainMember member, String topic) {
        return hasJoined(member, topic) && mayCall(member);
    }

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

    /** A message was too large for a broker, which says nothing of that; under the lock. */
    protected boolean refused(PlainMember member, MessageTooLargeException tooLarge) {
        return true;
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
        // Before what may end at once, and the time with it.
        time().schedule(config().drainTimeout(), this::finish);
        CompletableFuture.allOf(closings.toArray(CompletableFuture<?>[]::new)).thenRun(this::finish);
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
