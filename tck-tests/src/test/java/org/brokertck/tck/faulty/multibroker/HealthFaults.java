package org.brokertck.tck.faulty.multibroker;

import static org.brokertck.tck.faulty.multibroker.MultiFault.plain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthListener;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.HealthTransition;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.multibroker.plain.PlainMember;
import org.brokertck.tck.faulty.multibroker.plain.PlainMultiBroker;

/** Faults of looking at health and telling of it. */
final class HealthFaults {
    private HealthFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "ListenersMayThrowNoError",
                        "M-11",
                        "the listener was told .*, where|is still told as",
                        "Goes on to the next listener after an exception, and not after an Error.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void announce(HealthTransition transition) {
                                for (HealthListener listener : locked(() -> List.copyOf(listeners))) {
                                    try {
                                        listener.changed(transition);
                                    } catch (RuntimeException ignored) {
                                        // Its own affair.
                                    }
                                }
                            }
                        }),
                plain(
                        "WhoeverHungIsAskedNoMore",
                        "M-6",
                        "had been answered again, which hung for",
                        "Spares a broker that did not answer a look all later ones.",
                        it -> new PlainMultiBroker(it) {
                            private final Set<PlainMember> hung = ConcurrentHashMap.newKeySet();

                            @Override
                            protected void look(PlainMember member) {
                                if (!hung.contains(member)) {
                                    super.look(member);
                                }
                            }

                            @Override
                            protected HealthStatus failedLook(PlainMember member, Throwable failure) {
                                if (failure instanceof OperationTimeoutException) {
                                    hung.add(member);
                                }
                                return super.failedLook(member, failure);
                            }
                        }),
                plain(
                        "BelievesLateLooks",
                        "M-12",
                        "one has after it, and the broker is told as .*HEALTHY",
                        "Notes what a broker says of itself whenever it says it, after the health timeout too.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected HealthStatus ask(PlainMember member) {
                                HealthStatus found = super.ask(member);
                                locked(() -> member.status = found);
                                return found;
                            }
                        }),
                plain(
                        "TellsOfBrokersAsTheyAreNow",
                        "M-11",
                        "the listener was told .*, where",
                        "Tells a listener how a broker is when its turn comes, or nothing where that is as before.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void tell(PlainMember member, HealthStatus before, HealthStatus now) {
                                super.tell(member, before, locked(() -> told(member)));
                            }
                        }),
                plain(
                        "AnErrorEndsTheLooks",
                        "M-11",
                        "its health\\(\\) threw java.lang.StackOverflowError",
                        "Leaves the mark that a look is under way when the look ends with an error.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void look(PlainMember member) {
                                super.look(member);
                                HealthStatus found = member.status;
                                boolean error = found != null
                                        && String.valueOf(found.details().get(HealthStatus.CAUSE))
                                                .contains("Error");
                                locked(() -> member.looking |= error);
                            }
                        }),
                plain(
                        "AClosedOneIsClosed",
                        "G-3",
                        "it was closed twice, .* and a close returned",
                        "Returns from close at once when that has been called before.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            public void close() {
                                if (!locked(() -> closed)) {
                                    super.close();
                                }
                            }
                        }),
                plain(
                        "LooksAreNotedAfterTheClose",
                        "G-2",
                        "a look was under way as it was closed, and a broker is told as .*HEALTHY",
                        "Has the thread that asked note what it heard, whenever that is.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected HealthStatus ask(PlainMember member) {
                                HealthStatus found = super.ask(member);
                                return locked(() -> member.status = found);
                            }
                        }),
                plain(
                        "CountsProducesThatFail",
                        "M-11",
                        "is told with .* after a produce threw",
                        "Adds the produces that failed to the errors that a broker tells.",
                        it -> new PlainMultiBroker(it) {
                            private final Map<PlainMember, Integer> failed = new ConcurrentHashMap<>();

                            @Override
                            protected boolean failed(PlainMember member, Throwable failure) {
                                failed.merge(member, 1, Integer::sum);
                                return super.failed(member, failure);
                            }

                            @Override
                            protected HealthStatus told(PlainMember member) {
                                HealthStatus last = super.told(member);
                                return new HealthStatus(
                                        last.status(),
                                        last.latency(),
                                        last.errors() + failed.getOrDefault(member, 0),
                                        last.lastCheck(),
                                        last.details());
                            }
                        }),
                plain(
                        "TellsHealthByTheAlphabet",
                        "M-11",
                        "in this order",
                        "Keeps what it found of the brokers sorted by their names.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            public Map<String, HealthStatus> brokerHealth() {
                                return new TreeMap<>(super.brokerHealth());
                            }
                        }),
                plain(
                        "LooksOnDemand",
                        "M-11",
                        "with no traffic, and the health of some broker was not looked at",
                        "Looks at the brokers when somebody asks for their health.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void scheduleRound() {}

                            @Override
                            public Map<String, HealthStatus> brokerHealth() {
                                locked(() -> List.copyOf(members.values())).forEach(this::look);
                                return super.brokerHealth();
                            }
                        }),
                plain(
                        "StampsTheTimeOfAsking",
                        "M-11",
                        "without a look",
                        "Gives the time of the question as the time of the look.",
                        it -> new PlainMultiBroker(it) {
                            private long asked;

                            @Override
                            protected HealthStatus told(PlainMember member) {
                                HealthStatus last = super.told(member);
                                return new HealthStatus(
                                        last.status(),
                                        last.latency(),
                                        last.errors(),
                                        time().now().plusNanos(asked++),
                                        last.details());
                            }
                        }),
                plain(
                        "LooksHalfAsOften",
                        "M-11",
                        "with no traffic, and the health of some broker was not looked at",
                        "Looks at the brokers every other interval.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected Duration roundInterval() {
                                return super.roundInterval().multipliedBy(2);
                            }
                        }),
                plain(
                        "TellsTheBrokersLatency",
                        "M-11",
                        "is told with a latency of",
                        "Passes on the latency that the broker claims.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected HealthStatus told(PlainMember member) {
                                HealthStatus last = super.told(member);
                                return new HealthStatus(
                                        last.status(),
                                        Duration.ofNanos(1),
                                        last.errors(),
                                        last.lastCheck(),
                                        last.details());
                            }
                        }),
                plain(
                        "ForgetsLooksThatFailed",
                        "M-11",
                        "was told with \\d+ errors, and with 3 when it answered again",
                        "Tells the errors that the broker tells, and the looks that failed only while they do.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected long errors(PlainMember member, HealthStatus found) {
                                return found.errors();
                            }
                        }),
                plain(
                        "NewOnesCountAsUnhealthy",
                        "M-11",
                        "brokers were added that are as they were, and the listener was told",
                        "Takes a broker for unhealthy before it has looked at it, and tells of a recovery.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void requireNew(String name) {
                                super.requireNew(name);
                                fresh.add(name);
                            }

                            @Override
                            protected void look(PlainMember member) {
                                super.look(member);
                                HealthStatus now = told(member);
                                if (locked(() -> fresh.remove(member.name)) && now.status() == Health.HEALTHY) {
                                    announce(new HealthTransition(member.name, Health.UNHEALTHY, now));
                                }
                            }

                            private final java.util.Set<String> fresh = new java.util.HashSet<>();
                        }),
                plain(
                        "ForgetsDetails",
                        "M-11",
                        "with 7 errors and a detail of its own|without that or without an error",
                        "Tells the status, and no details.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected HealthStatus told(PlainMember member) {
                                HealthStatus last = super.told(member);
                                return new HealthStatus(
                                        last.status(), last.latency(), last.errors(), last.lastCheck(), Map.of());
                            }
                        }),
                plain(
                        "TellsWithEveryLook",
                        "M-11",
                        "the listener was told",
                        "Tells the listeners as long as a broker is not healthy.",
                        it -> new PlainMultiBroker(it) {
                            private HealthStatus lastTold =
                                    new HealthStatus(Health.HEALTHY, Duration.ZERO, 0, Instant.EPOCH, Map.of());

                            @Override
                            protected void tell(PlainMember member, HealthStatus before, HealthStatus now) {
                                super.tell(member, before, now);
                                boolean ill = now.status() != Health.HEALTHY;
                                if (ill && before.status() == now.status()) {
                                    announce(new HealthTransition(member.name, lastTold.status(), now));
                                }
                            }
                        }),
                plain(
                        "TellsOfChangesTwice",
                        "M-11",
                        "the listener was told",
                        "Tells of a change from where it is found and from where it is noted.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void tell(PlainMember member, HealthStatus before, HealthStatus now) {
                                super.tell(member, before, now);
                                super.tell(member, before, now);
                            }
                        }),
                plain(
                        "DegradedIsNoChange",
                        "M-11",
                        "the listener was told",
                        "Tells of brokers that go and come back, and not of those that get slow.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void announce(HealthTransition transition) {
                                if (transition.to().status() != Health.DEGRADED) {
                                    super.announce(transition);
                                }
                            }
                        }),
                plain(
                        "AListenersFailureEndsTheTelling",
                        "M-11",
                        "the listener was told",
                        "Leaves the loop over the listeners when one of them throws.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void announce(HealthTransition transition) {
                                List<HealthListener> all = locked(() -> new ArrayList<>(listeners));
                                try {
                                    all.forEach(listener ->
                                            Objects.requireNonNull(listener).changed(transition));
                                } catch (RuntimeException ignored) {
                                    // Its own affair.
                                }
                            }
                        }),
                plain(
                        "HealthWaitsForTheLook",
                        "M-12",
                        "brokerHealth did not return|brokerHealth took|health of another one was not looked at",
                        "Holds its lock while it looks at a broker.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void round() {
                                scheduleRound();
                                background(() -> locked(() -> {
                                    members.values().forEach(member -> member.broker.health());
                                    return true;
                                }));
                            }
                        }));
    }
}
