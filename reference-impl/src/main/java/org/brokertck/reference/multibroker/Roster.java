package org.brokertck.reference.multibroker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.RoutingRule;

/**
 * Who belongs to one multi-broker: brokers, subscriptions and rules. What changes does so under one lock; whoever produces reads
 * snapshots and waits for nobody.
 */
final class Roster {
    private final String name;
    private final AtomicInteger turns = new AtomicInteger();
    /** Guarded by this. */
    private final Set<JoinedSubscription> subscriptions = new LinkedHashSet<>();

    private volatile Map<String, Member> members = Map.of();
    private volatile RoutingTable table = RoutingTable.empty();

    Roster(String name) {
        this.name = name;
    }

    Collection<Member> members() {
        return members.values();
    }

    List<RoutingRule> rules() {
        return table.rules();
    }

    /** Adds a broker, on which all subscriptions are missing at first. */
    synchronized void add(Member member) {
        if (members.containsKey(member.name())) {
            throw new IllegalArgumentException("name is '" + member.name() + "': another broker of '" + name
                    + "' has that name, so choose another one");
        }
        subscriptions.forEach(it -> member.misses(it, notYet(member)));
        Map<String, Member> changed = new LinkedHashMap<>(members);
        changed.put(member.name(), member);
        members = Collections.unmodifiableMap(changed);
    }

    /** Adds a subscription; gives back the brokers on which it is to be made. */
    synchronized List<Member> add(JoinedSubscription subscription) {
        subscriptions.add(subscription);
        return List.copyOf(members());
    }

    synchronized void remove(JoinedSubscription subscription) {
        subscriptions.remove(subscription);
        members().forEach(it -> it.has(subscription));
    }

    synchronized void set(RoutingRule rule) {
        for (String broker : rule.brokers()) {
            if (!members.containsKey(broker)) {
                throw new IllegalArgumentException("brokers names '" + broker + "', which '" + name
                        + "' does not have: it has " + members.keySet() + ", and others must be added first");
            }
        }
        table = table.with(rule);
    }

    /** The brokers that may take a message to the topic, in the order in which they are to be tried. */
    List<Member> candidates(String topic) {
        Optional<RoutingRule> rule = table.of(topic);
        Map<String, Member> now = members;
        boolean routed = rule.isPresent();
        Collection<Member> eligible =
                routed ? rule.get().brokers().stream().map(now::get).toList() : now.values();
        int turn = routed ? 0 : turns.getAndIncrement();
        // Each is asked once how it is: one whose health changes meanwhile would be in two tiers or in none.
        Map<Health, List<Member>> tiers = new EnumMap<>(Health.class);
        eligible.forEach(it ->
                tiers.computeIfAbsent(it.health(), none -> new ArrayList<>()).add(it));
        List<Member> ordered = new ArrayList<>(eligible.size());
        tiers.values().forEach(it -> ordered.addAll(routed ? it : inTurn(turn, topic, it)));
        return ordered;
    }

    /**
     * Those that work take turns, so that one which does not leaves its share to all of them alike. It comes first, since its
     * circuit lets no more than a probe through.
     */
    private static List<Member> inTurn(int turn, String topic, List<Member> tier) {
        List<Member> working = new ArrayList<>(tier.size());
        List<Member> ordered = new ArrayList<>(tier.size());
        for (Member member : tier) {
            boolean works = member.circuit().isClosed() && member.missingOn(topic) == null;
            (works ? working : ordered).add(member);
        }
        if (!working.isEmpty()) {
            Collections.rotate(working, -Math.floorMod(turn, working.size()));
        }
        ordered.addAll(working);
        return ordered;
    }

    private static BrokerUnavailableException notYet(Member member) {
        return new BrokerUnavailableException(
                "Broker '" + member.name() + "' has not taken a subscription to the topic yet");
    }
}
