package org.brokertck.reference.multibroker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.HealthListener;
import org.brokertck.api.multibroker.HealthStatus;
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
 * The reference multi-broker, over message brokers of any kind, on any {@link TimeSource}.
 *
 * <p>No call to a broker runs on a thread of the caller's: a broker that hangs costs the caller its timeout, and this a thread until
 * it lets go. A broker on which a subscription to a topic is missing takes no message to it, so that what is produced is heard. For
 * want of a healthy broker degraded ones are used, and for want of these the unhealthy ones are tried, within what their circuits let
 * through.
 */
public final class RoutingMultiBroker implements MultiBroker {
    private final String name;
    private final MultiBrokerConfig config;
    private final TimeSource time;
    private final Inside inside = new Inside();
    private final BoundedCalls calls;
    private final Roster roster;
    private final Announcer announcer;
    private final HealthWatch watch;
    private final Shutdown shutdown;

    /** @param ownTime ends with the broker; null when the time is someone else's */
    private RoutingMultiBroker(
            String name, MultiBrokerConfig config, TimeSource time, @Nullable SystemTimeSource ownTime) {
        this.name = name;
        this.config = config;
        this.time = time;
        this.calls = new BoundedCalls(name, time);
        this.roster = new Roster(name);
        this.announcer = new Announcer(name, inside);
        this.watch = new HealthWatch(config, time, roster::members, announcer, this::joinMissing);
        this.shutdown = new Shutdown(config.drainTimeout(), time, ownTime, calls, announcer, watch);
        watch.start();
    }

    /** Opens one on the system's time. */
    public static RoutingMultiBroker open(String name, MultiBrokerConfig config) {
        SystemTimeSource ownTime = new SystemTimeSource("brokertck-" + requireName(name) + "-timer");
        return new RoutingMultiBroker(name, Objects.requireNonNull(config, "config"), ownTime, ownTime);
    }

    /** Opens one on the time given, which outlives it. */
    public static RoutingMultiBroker open(String name, MultiBrokerConfig config, TimeSource time) {
        return new RoutingMultiBroker(
                requireName(name),
                Objects.requireNonNull(config, "config"),
                Objects.requireNonNull(time, "time"),
                null);
    }

    private static String requireName(String name) {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("name is blank: give the multi-broker a name");
        }
        return name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void addBroker(String name, MessageBroker broker) {
        requireBrokerName(name);
        Objects.requireNonNull(broker, "broker");
        requireOpen();
        Member member = new Member(name, broker, new Circuit(name, config, time), calls);
        if (!shutdown.whileOpen(() -> roster.add(member))) {
            throw closed();
        }
        try {
            CompletableFuture<Boolean> looked = watch.look(member);
            for (BoundedCall<Boolean> joining : joins(member)) {
                joining.await(notYet -> {});
            }
            looked.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A look never fails", e);
        } catch (InterruptedException e) {
            if (member.status() == null) {
                member.found(member.unhealthy(Duration.ZERO, time.now(), "Interrupted before the first look ended"));
            }
            throw interrupted("adding broker '" + name + "': it is added all the same");
        }
    }

    private static void requireBrokerName(String name) {
        if (Objects.requireNonNull(name, "name").isBlank() || !name.strip().equals(name) || name.contains(",")) {
            throw new IllegalArgumentException("name is '" + name
                    + "': it must not be blank, contain commas or have blanks at its ends, since rules list names");
        }
    }

    @Override
    public void setRoutingRule(String pattern, String brokers) {
        RoutingRule rule = RoutingRule.parse(pattern, brokers);
        requireOpen();
        roster.set(rule);
    }

    @Override
    public List<RoutingRule> routingRules() {
        return roster.rules();
    }

    @Override
    public void produce(String topic, Message message) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(message, "message");
        requireOpen();
        try {
            new Delivery(topic, message, config.produceTimeout(), config.failureThreshold())
                    .toOneOf(roster.candidates(topic));
        } catch (BrokerUnavailableException failure) {
            // Brokers that are being closed under the call are no failure of theirs.
            requireOpen();
            throw failure;
        }
    }

    @Override
    public TopicSubscription subscribe(String topic, MessageHandler handler) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(handler, "handler");
        requireOpen();
        JoinedSubscription subscription = new JoinedSubscription(
                topic,
                handler,
                inside,
                config.produceTimeout().plus(config.drainTimeout()),
                shutdown::hasBegun,
                roster::remove);
        Map<Member, BoundedCall<Boolean>> joining = new LinkedHashMap<>();
        for (Member member : roster.add(subscription)) {
            if (member.joins().stuck() == 0) {
                joining.put(member, join(member, subscription));
            } else {
                member.misses(subscription, member.lastFailure());
            }
        }
        try {
            for (Map.Entry<Member, BoundedCall<Boolean>> it : joining.entrySet()) {
                it.getValue().await(notYet -> it.getKey().misses(subscription, notYet));
            }
        } catch (InterruptedException e) {
            Thread.interrupted();
            subscription.begin();
            throw interrupted("subscribing to topic '" + topic + "': nothing is subscribed");
        }
        return subscription;
    }

    /** Subscribes what is missing on a broker; not while it hangs in an earlier try. */
    private List<BoundedCall<Boolean>> joins(Member member) {
        List<BoundedCall<Boolean>> joining = new ArrayList<>();
        if (member.joins().stuck() == 0) {
            member.missing().forEach(it -> joining.add(join(member, it)));
        }
        return joining;
    }

    private void joinMissing(Member member) {
        joins(member);
    }

    private BoundedCall<Boolean> join(Member member, JoinedSubscription subscription) {
        return member.joins()
                .start(
                        "a subscribe to topic '" + subscription.topic() + "' on broker '" + member.name() + "'",
                        config.produceTimeout(),
                        () -> {
                            subscription.joinOn(member);
                            return true;
                        });
    }

    @Override
    public Map<String, HealthStatus> brokerHealth() {
        Map<String, HealthStatus> all = new LinkedHashMap<>();
        for (Member member : roster.members()) {
            HealthStatus status = member.status();
            if (status != null) {
                all.put(member.name(), status);
            }
        }
        return Collections.unmodifiableMap(all);
    }

    @Override
    public void addHealthListener(HealthListener listener) {
        Objects.requireNonNull(listener, "listener");
        requireOpen();
        announcer.add(listener);
    }

    @Override
    public void close() {
        shutdown.begin(roster::members);
        if (inside.isCurrentThread()) {
            return; // The user's code cannot wait for its own end.
        }
        try {
            shutdown.awaitEnd();
        } catch (InterruptedException e) {
            shutdown.cutOff();
            throw interrupted("closing multi-broker '" + name + "': it is closed all the same");
        }
    }

    private static OperationInterruptedException interrupted(String what) {
        Thread.currentThread().interrupt();
        return new OperationInterruptedException("Interrupted while " + what);
    }

    private void requireOpen() {
        if (shutdown.hasBegun()) {
            throw closed();
        }
    }

    private ClosedException closed() {
        return new ClosedException("Multi-broker '" + name + "' is closed: open a new one");
    }
}
