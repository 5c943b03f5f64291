package org.brokertck.tck.faulty.pubsub;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pubsub.simulated.SimulatedPubSub;
import org.brokertck.tck.faulty.pubsub.simulated.SimulatedRelay;
import org.brokertck.tck.faulty.pubsub.simulated.SimulatedTarget;

/** Faults of clients whose server may be gone. */
final class RemoteFaults {
    private RemoteFaults() {}

    static List<Fault> all() {
        return List.of(
                refusing(
                        "ShowsThePassword",
                        "shows the password",
                        "Names the server by its whole URI.",
                        (address, password) -> new BrokerUnavailableException(
                                "Cannot reach redis://guest:" + password + "@" + address)),
                refusing(
                        "CauseShowsThePassword",
                        "shows the password",
                        "Hides the password in its own text and hands on a cause that shows it.",
                        (address, password) -> new BrokerUnavailableException(
                                "Cannot reach " + address,
                                new IllegalStateException("redis://:" + password + "@" + address))),
                refusing(
                        "DoesNotSayWhere",
                        "does not name the address",
                        "Does not say which server it cannot reach.",
                        (address, password) -> new BrokerUnavailableException("Connection refused")),
                refusing(
                        "HandsOnTheSocketsException",
                        "where BrokerUnavailableException is due",
                        "Hands on what the socket threw.",
                        (address, password) ->
                                new UncheckedIOException(new ConnectException("Connection refused: " + address))),
                PubSubFault.remote(
                        "WaitsForAServerThatStandsStill",
                        "G-13",
                        "on a server that does not answer (failed after|did not return)",
                        "Waits without end for the answer of a server that keeps its connections.",
                        (server, it) -> new SimulatedPubSub(server, it) {
                            @Override
                            protected void requireUsable(Duration patience) {
                                super.requireUsable(patience.multipliedBy(100));
                            }
                        }),
                PubSubFault.remote(
                        "MetricsAskTheServer",
                        "G-13",
                        "metrics did not return|while the server stood still",
                        "Asks the server for its figures.",
                        (server, it) -> new SimulatedPubSub(server, it) {
                            @Override
                            protected PubSubMetrics snapshot() {
                                try {
                                    server().awaitAnswer(config().timeout().multipliedBy(2));
                                } catch (RuntimeException noAnswer) {
                                    // As known so far.
                                }
                                return super.snapshot();
                            }
                        }),
                PubSubFault.remote(
                        "PublisherKeepsItsBrokenConnection",
                        "G-14",
                        "publish did not work again",
                        "Never replaces the connection that it publishes over.",
                        (server, it) -> new SimulatedPubSub(server, it) {
                            @Override
                            public void publish(String topic, Message message) {
                                if (locked(() -> server().connection() > 0)) {
                                    throw new BrokerUnavailableException("Broken pipe to " + SimulatedRelay.ADDRESS);
                                }
                                super.publish(topic, message);
                            }
                        }),
                PubSubFault.remote(
                        "SubscribesOverABrokenConnection",
                        "G-14",
                        "subscribe did not work again",
                        "Never replaces the connection that it subscribes over.",
                        (server, it) -> new SimulatedPubSub(server, it) {
                            @Override
                            public Subscription subscribeWithPattern(String pattern) {
                                if (locked(() -> server().connection() > 0)) {
                                    throw new BrokerUnavailableException("Broken pipe to " + SimulatedRelay.ADDRESS);
                                }
                                return super.subscribeWithPattern(pattern);
                            }
                        }),
                PubSubFault.remote(
                                "SubscriptionsDieWithTheirConnection",
                                "P-18",
                                "received nothing more within",
                                "Connects again for publishers, and forgets to subscribe again.",
                                (server, it) -> new SimulatedPubSub(server, it) {
                                    private boolean forgotten;

                                    @Override
                                    protected void connectedAgain() {
                                        super.connectedAgain();
                                        forgotten = true;
                                    }

                                    @Override
                                    protected void deliver(String topic, Message message) {
                                        if (!forgotten) {
                                            super.deliver(topic, message);
                                        }
                                    }
                                })
                        .and("G-14", "received nothing more within"),
                PubSubFault.remote(
                        "PatternsAreForgotten",
                        "P-18",
                        "received nothing more within|misses messages in \\d+ places",
                        "Subscribes to topics again after a lost connection, and not to patterns.",
                        (server, it) -> new SimulatedPubSub(server, it) {
                            @Override
                            protected boolean matches(String pattern, String topic) {
                                boolean open = pattern.contains("*") || pattern.contains("#");
                                return !(open && server().connection() > 0) && super.matches(pattern, topic);
                            }
                        }),
                PubSubFault.remote(
                        "GapsAreSilent",
                        "P-18",
                        "gaps|had no gap",
                        "Subscribes again after a lost connection, and tells nobody.",
                        (server, it) -> new SimulatedPubSub(server, it) {
                            @Override
                            protected void connectedAgain() {}
                        }),
                PubSubFault.remote(
                        "OnlyTheFirstGapCounts",
                        "P-18",
                        "gaps",
                        "Notes that there was a gap, and not how many.",
                        (server, it) -> new SimulatedPubSub(server, it) {
                            @Override
                            protected void connectedAgain() {
                                subscriptions.forEach(subscription -> subscription.gaps = 1);
                            }
                        }),
                PubSubFault.remote(
                        "LostConnectionsEndSubscriptions",
                        "P-18",
                        "received nothing more within|ended as",
                        "Ends its subscriptions when the connection is lost, for their subscribers to make anew.",
                        (server, it) -> new SimulatedPubSub(server, it) {
                            @Override
                            protected void connectedAgain() {
                                super.connectedAgain();
                                List.copyOf(subscriptions).forEach(subscription -> end(subscription, EndReason.CLOSED));
                            }
                        }));
    }

    private static Fault refusing(
            String name, String finding, String description, BiFunction<String, String, RuntimeException> refusal) {
        return Fault.of(name, "G-13", finding, description, () -> new SimulatedTarget(name, SimulatedPubSub::new) {
            @Override
            protected RuntimeException refusal(String address) {
                return refusal.apply(address, PASSWORD);
            }
        });
    }
}
