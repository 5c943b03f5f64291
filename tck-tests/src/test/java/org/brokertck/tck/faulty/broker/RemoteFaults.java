package org.brokertck.tck.faulty.broker;

import static org.brokertck.tck.faulty.broker.BrokerFault.remote;

import java.time.Duration;
import java.util.List;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.message.Message;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.broker.plain.PlainBroker;
import org.brokertck.tck.faulty.broker.plain.PlainLine;
import org.brokertck.tck.faulty.broker.plain.PlainServer;
import org.brokertck.tck.faulty.broker.plain.SimulatedTarget;

/** Faults of clients whose server comes and goes. */
final class RemoteFaults {
    private RemoteFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "ShowsThePassword",
                        "G-13",
                        "shows the password",
                        "Names the whole URI when the server cannot be reached.",
                        () -> new SimulatedTarget("ShowsThePassword", PlainBroker::new) {
                            @Override
                            protected RuntimeException refusal(String address) {
                                return new BrokerUnavailableException(
                                        "Cannot reach amqp://guest:" + PASSWORD + "@" + address);
                            }
                        }),
                remote(
                        "WaitsForAServerForEver",
                        "G-13",
                        "did not return within|failed after",
                        "Waits for an answer as long as it takes.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void awaitAnswer(Duration patience) {
                                super.awaitAnswer(Duration.ofDays(1));
                            }
                        }),
                remote(
                        "OneConnectionForLife",
                        "G-14",
                        "did not work again",
                        "Does not connect again.",
                        it -> new PlainBroker(it) {
                            private final long connected = it.server().locked(it.server()::connection);

                            @Override
                            protected void awaitAnswer(Duration patience) {
                                super.awaitAnswer(patience);
                                if (server().connection() != connected) {
                                    throw new BrokerUnavailableException(
                                            "The connection to " + PlainServer.ADDRESS + " is gone");
                                }
                            }
                        }),
                remote(
                        "SubscribersStayBehind",
                        "G-14",
                        "did not receive",
                        "Connects again, and does not subscribe again.",
                        it -> new PlainBroker(it) {
                            private long connection = it.server().locked(it.server()::connection);

                            @Override
                            protected void spread(String topic, Message message) {
                                if (server().connection() != connection) {
                                    connection = server().connection();
                                    lines(topic).forEach(PlainLine::abandon);
                                }
                                super.spread(topic, message);
                            }
                        }));
    }
}
