package org.brokertck.tck.faulty.broker;

import static org.brokertck.tck.faulty.broker.BrokerFault.plain;
import static org.brokertck.tck.faulty.broker.BrokerFault.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.broker.plain.PlainBroker;
import org.brokertck.tck.faulty.broker.plain.PlainLine;
import org.jspecify.annotations.Nullable;

/** Faults of health. */
final class HealthFaults {
    private HealthFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "FailuresLeaveWithTheirSubscriber",
                        "B-2",
                        "and another one came: health counts 0 errors",
                        "Keeps failures with each subscriber, and forgets those that have left when another one comes.",
                        it -> new PlainBroker(it) {
                            private final Map<PlainLine, Long> failures = new IdentityHashMap<>();
                            private final List<PlainLine> gone = new ArrayList<>();

                            @Override
                            protected void handle(PlainLine line, MessageHandler handler, Message message) {
                                long before = server().locked(() -> errors);
                                super.handle(line, handler, message);
                                server().locked(() -> failures.merge(line, errors - before, Long::sum));
                            }

                            @Override
                            protected void left(PlainLine line) {
                                super.left(line);
                                gone.add(line);
                            }

                            @Override
                            protected PlainLine newLine(String topic, MessageHandler handler) {
                                gone.forEach(line -> errors -= failures.getOrDefault(line, 0L));
                                gone.clear();
                                return super.newLine(topic, handler);
                            }
                        }),
                plain(
                        "KeepsTheFirstAnswer",
                        "B-2",
                        "a later look gives lastCheck|a look between|a closed broker says",
                        "Looks once, and gives that answer from then on.",
                        it -> new PlainBroker(it) {
                            private @Nullable HealthStatus first;

                            @Override
                            public HealthStatus health() {
                                HealthStatus known = first == null ? super.health() : first;
                                first = known;
                                return known;
                            }
                        }),
                plain(
                        "HealthyAfterClose",
                        "B-2",
                        "a closed broker says",
                        "Does not ask whether it is closed.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected HealthStatus status(Health health, long start, String cause) {
                                return super.status(closed ? Health.HEALTHY : health, start, cause);
                            }
                        }),
                plain(
                        "HandlersFailInSilence",
                        "B-2",
                        "health counts 0 errors",
                        "Does not count handlers that threw.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void handle(PlainLine line, MessageHandler handler, Message message) {
                                super.handle(
                                        line,
                                        received -> {
                                            try {
                                                handler.handle(received);
                                            } catch (Exception ignored) {
                                                // Its own affair.
                                            }
                                        },
                                        message);
                            }
                        }),
                plain(
                        "DegradedWhenAllAreFull",
                        "B-2",
                        "a broker that refuses messages for want of room says",
                        "Is degraded when all subscribers are full, though each of them holds produces up.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected boolean isFull(List<PlainLine> all) {
                                return !all.isEmpty() && all.stream().allMatch(line -> super.isFull(List.of(line)));
                            }
                        }),
                plain(
                        "ForgivesThoseWhoLeave",
                        "B-2",
                        "a handler failed while a close of a subscription waited for it, and health counts 0",
                        "Counts failures of the subscribers that it still has, and not of one that is closing.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void handle(PlainLine line, MessageHandler handler, Message message) {
                                super.handle(line, received -> handleUnlessLeaving(line, handler, received), message);
                            }

                            private void handleUnlessLeaving(PlainLine line, MessageHandler handler, Message message)
                                    throws Exception {
                                try {
                                    handler.handle(message);
                                } catch (Exception failure) {
                                    if (server().locked(
                                                    () -> lines(line.topic()).contains(line))) {
                                        throw failure;
                                    }
                                }
                            }
                        }),
                plain(
                        "CountsWhatItsCloseEnded",
                        "B-2",
                        "nothing failed but a produce that waited for room when its broker was closed",
                        "Counts whatever a produce throws once it has begun to wait.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void awaitRoom(String topic) {
                                super.awaitRoom(topic);
                                errors += closed ? 1 : 0;
                            }
                        }),
                plain(
                        "ErrorsAreNoFailures",
                        "B-2",
                        "health counts 4 errors, where 6",
                        "Counts handlers that threw an exception, and not those that threw an error.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void handle(PlainLine line, MessageHandler handler, Message message) {
                                super.handle(
                                        line,
                                        received -> {
                                            try {
                                                handler.handle(received);
                                            } catch (Error ignored) {
                                                // A defect, and not to be met.
                                            }
                                        },
                                        message);
                            }
                        }),
                plain(
                        "TooLargeIsAnError",
                        "B-2",
                        "refused as too large",
                        "Counts messages that are too large among its own failures.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void checkSize(Message message) {
                                try {
                                    super.checkSize(message);
                                } catch (RuntimeException refusal) {
                                    errors++;
                                    throw refusal;
                                }
                            }
                        }),
                plain(
                        "EveryFullSubscriberIsAnError",
                        "B-2",
                        "since 3 subscribers had no room, and health counts",
                        "Counts a produce that is refused once for each subscriber that had no room.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void awaitRoom(String topic) {
                                try {
                                    super.awaitRoom(topic);
                                } catch (QueueFullException refusal) {
                                    errors += full(topic) - 1;
                                    throw refusal;
                                }
                            }

                            private long full(String topic) {
                                return lines(topic).stream()
                                        .filter(line -> !hasRoom(line))
                                        .count();
                            }
                        }),
                plain(
                        "GivesNoCause",
                        "B-2",
                        "gives no 'cause'",
                        "Says that it is unhealthy, and not why.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected HealthStatus status(Health health, long start, String cause) {
                                return super.status(health, start, "");
                            }
                        }),
                plain(
                        "LatencyInWrongUnits",
                        "B-2",
                        "says that its latency was",
                        "Takes nanoseconds for microseconds.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected HealthStatus status(Health health, long start, String cause) {
                                HealthStatus status = super.status(health, start, cause);
                                return new HealthStatus(
                                        health,
                                        status.latency().plusMillis(1).multipliedBy(1000),
                                        status.errors(),
                                        status.lastCheck(),
                                        status.details());
                            }
                        }),
                plain(
                        "LooksInThePast",
                        "B-2",
                        "says that lastCheck was",
                        "Gives the time of its opening as that of the look.",
                        it -> new PlainBroker(it) {
                            private final Instant opened = Instant.now().minusSeconds(1);

                            @Override
                            protected HealthStatus status(Health health, long start, String cause) {
                                HealthStatus status = super.status(health, start, cause);
                                return new HealthStatus(
                                        health, status.latency(), status.errors(), opened, status.details());
                            }
                        }),
                plain(
                        "FullIsHealthy",
                        "B-2",
                        "for want of room says",
                        "Is healthy while it refuses messages for want of room.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected HealthStatus status(Health health, long start, String cause) {
                                return super.status(health == Health.DEGRADED ? Health.HEALTHY : health, start, cause);
                            }
                        }),
                remote(
                        "LooksAtItself",
                        "B-2",
                        "whose server stands still says|was killed, health says",
                        "Tells how the client is, without asking the server.",
                        it -> new PlainBroker(it) {
                            @Override
                            public HealthStatus health() {
                                return server().locked(() -> closed
                                        ? status(Health.UNHEALTHY, System.nanoTime(), "closed")
                                        : status(Health.HEALTHY, System.nanoTime(), ""));
                            }
                        }),
                remote(
                        "HealthWaitsForTheServer",
                        "B-2",
                        "health did not return|answered after",
                        "Waits for the server's answer as long as a produce would.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void awaitAnswer(Duration patience) {
                                super.awaitAnswer(config().produceTimeout().multipliedBy(3));
                            }
                        }),
                remote(
                        "NeverWellAgain",
                        "B-2",
                        "health says",
                        "Stays unhealthy once it was.",
                        it -> new PlainBroker(it) {
                            private boolean ill;

                            @Override
                            protected HealthStatus status(Health health, long start, String cause) {
                                ill |= health == Health.UNHEALTHY;
                                return ill
                                        ? new HealthStatus(
                                                Health.UNHEALTHY,
                                                Duration.ZERO,
                                                errors,
                                                Instant.now(),
                                                Map.of(HealthStatus.CAUSE, "was ill"))
                                        : super.status(health, start, cause);
                            }
                        }));
    }
}
