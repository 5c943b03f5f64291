package org.brokertck.tck.faulty.multibroker;

import static org.brokertck.tck.faulty.multibroker.MultiFault.plain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.multibroker.RoutingRule;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.multibroker.plain.PlainMember;
import org.brokertck.tck.faulty.multibroker.plain.PlainMultiBroker;
import org.jspecify.annotations.Nullable;

/** Faults of rules, and of what no rule names. */
final class RoutingFaults {
    private RoutingFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "HandsOutItsRules",
                        "M-2",
                        "routingRules tells of \\[\\], where",
                        "Gives away the list of its rules, and not a copy.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            public List<RoutingRule> routingRules() {
                                return rules;
                            }
                        }),
                plain(
                        "FallsBackToAll",
                        "M-1",
                        "does not name was given|was accepted where",
                        "Tries every other broker when those of the rule fail.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected List<PlainMember> candidates(String topic) {
                                List<PlainMember> all = new ArrayList<>(super.candidates(topic));
                                members.values().stream()
                                        .filter(member -> !all.contains(member))
                                        .forEach(all::add);
                                return all;
                            }
                        }),
                plain(
                        "StarMatchesSeveralWords",
                        "M-1",
                        "was taken by",
                        "Takes * for any number of words.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected @Nullable RoutingRule match(String topic) {
                                return rules.stream()
                                        .filter(rule -> TopicPattern.of(
                                                        rule.pattern().text().replace('*', '#'))
                                                .matches(topic))
                                        .findFirst()
                                        .orElse(null);
                            }
                        }),
                plain(
                        "RulesIgnoreCase",
                        "M-1",
                        "was taken by",
                        "Compares topics without regard to case.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected @Nullable RoutingRule match(String topic) {
                                return super.match(topic.toLowerCase(Locale.ROOT));
                            }
                        }),
                plain(
                        "TheMostSpecificRuleWins",
                        "M-2",
                        "'order.#' was set before|was taken by",
                        "Tries rules with more to say first.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected @Nullable RoutingRule match(String topic) {
                                return rules.stream()
                                        .filter(rule -> rule.pattern().matches(topic))
                                        .max(Comparator.comparingLong(RoutingFaults::plainWords))
                                        .orElse(null);
                            }
                        }),
                plain(
                        "ReplacedRuleMovesToTheEnd",
                        "M-2",
                        "was taken by|routingRules tells",
                        "Removes the rule of a pattern and adds the new one.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void set(RoutingRule rule) {
                                rules.removeIf(old -> old.pattern().equals(rule.pattern()));
                                rules.add(rule);
                            }
                        }),
                plain(
                        "FirstRuleOfAPatternStays",
                        "M-2",
                        "was taken by",
                        "Ignores a pattern that is set again.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void set(RoutingRule rule) {
                                if (rules.stream()
                                        .noneMatch(old -> old.pattern().equals(rule.pattern()))) {
                                    rules.add(rule);
                                }
                            }
                        }),
                plain(
                        "PatternsThatLookAlikeAreOne",
                        "M-2",
                        "routingRules tells",
                        "Takes a pattern that differs in case only for one that is set again.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void set(RoutingRule rule) {
                                rules.replaceAll(old -> isAlike(old, rule) ? rule : old);
                                super.set(rule);
                            }

                            private boolean isAlike(RoutingRule one, RoutingRule other) {
                                return one.pattern()
                                        .text()
                                        .equalsIgnoreCase(other.pattern().text());
                            }
                        }),
                plain(
                                "DefaultIsTheFirstBroker",
                                "M-2",
                                "took none: the default is all brokers",
                                "Sends what no rule names to the first healthy broker.",
                                it -> new PlainMultiBroker(it) {
                                    @Override
                                    protected void balance(List<PlainMember> healthy) {}
                                })
                        .and("M-8", "the healthy brokers took"),
                plain(
                        "UnknownBrokersAreAccepted",
                        "M-3",
                        "was accepted where IllegalArgumentException is due",
                        "Looks the brokers of a rule up when a message comes.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void requireKnown(String broker) {}

                            @Override
                            protected List<PlainMember> candidates(String topic) {
                                RoutingRule rule = match(topic);
                                return rule == null
                                        ? super.candidates(topic)
                                        : rule.brokers().stream()
                                                .map(members::get)
                                                .filter(Objects::nonNull)
                                                .toList();
                            }
                        }),
                plain(
                        "HalfARuleIsSet",
                        "M-3",
                        "the rules were .* before the refused",
                        "Sets the brokers of a rule up to the one that it does not know.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            public void setRoutingRule(String pattern, String brokers) {
                                RoutingRule rule = RoutingRule.parse(pattern, brokers);
                                locked(() -> {
                                    List<String> known = new ArrayList<>();
                                    for (String broker : rule.brokers()) {
                                        if (!known.isEmpty() && !closed) {
                                            set(new RoutingRule(rule.pattern(), known));
                                        }
                                        requireKnown(broker);
                                        known.add(broker);
                                    }
                                    return true;
                                });
                                super.setRoutingRule(pattern, brokers);
                            }
                        }),
                plain(
                        "DuplicateNameReplaces",
                        "M-3",
                        "SAME_NAME was accepted",
                        "Puts a broker in the place of the one that has its name.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void requireNew(String name) {}
                        }),
                plain(
                        "NeighbourTakesTheShareOfTheDead",
                        "M-8",
                        "the healthy brokers took",
                        "Takes turns among all brokers, and leaves the turn of one that is down to the next.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void balance(List<PlainMember> healthy) {
                                List<PlainMember> all = List.copyOf(members.values());
                                int first = turn++ % all.size();
                                for (int i = 0; i < all.size(); i++) {
                                    PlainMember next = all.get((first + i) % all.size());
                                    if (healthy.remove(next)) {
                                        healthy.add(0, next);
                                        return;
                                    }
                                }
                            }
                        }),
                plain(
                        "RoutedMessagesTakeATurn",
                        "M-8",
                        "the healthy brokers took",
                        "Counts every message when it takes turns, also those that a rule sends somewhere.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected List<PlainMember> candidates(String topic) {
                                turn += match(topic) == null ? 0 : 1;
                                return super.candidates(topic);
                            }
                        }),
                plain(
                        "BalancesByTopic",
                        "M-8",
                        "the healthy brokers took",
                        "Chooses the broker by the hash of the topic.",
                        it -> new PlainMultiBroker(it) {
                            private int hash;

                            @Override
                            protected List<PlainMember> candidates(String topic) {
                                hash = topic.hashCode();
                                return super.candidates(topic);
                            }

                            @Override
                            protected void balance(List<PlainMember> healthy) {
                                turn = Math.floorMod(hash, 1000);
                                super.balance(healthy);
                            }
                        }),
                plain(
                        "CommaNamesAreTaken",
                        "G-1",
                        "ADD_WITH_COMMA was accepted",
                        "Takes names that no rule could list.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            public void addBroker(String name, MessageBroker broker) {
                                super.addBroker(
                                        name != null && name.contains(",") ? name.replace(',', ';') : name, broker);
                            }
                        }));
    }

    private static long plainWords(RoutingRule rule) {
        return rule.pattern().words().stream()
                .filter(word -> !word.equals("*") && !word.equals("#"))
                .count();
    }
}
