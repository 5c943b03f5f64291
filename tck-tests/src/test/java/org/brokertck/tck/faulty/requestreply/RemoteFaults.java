package org.brokertck.tck.faulty.requestreply;

import java.time.Duration;
import java.util.List;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.requestreply.plain.PlainResponder;
import org.brokertck.tck.faulty.requestreply.simulated.SimulatedRequestReply;
import org.brokertck.tck.faulty.requestreply.simulated.SimulatedTarget;

/** Faults of clients of a server. */
final class RemoteFaults {
    private RemoteFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "ShowsThePassword",
                        "G-13",
                        "shows the password",
                        "Puts the whole address, credentials included, into the refusal.",
                        () -> new SimulatedTarget("ShowsThePassword", SimulatedRequestReply::new) {
                            @Override
                            protected RuntimeException refusal(String address) {
                                return new BrokerUnavailableException(
                                        "No server answers at amqp://guest:" + PASSWORD + "@" + address);
                            }
                        }),
                RequestReplyFault.remote(
                        "WaitsByASettingOfItsOwn",
                        "G-13",
                        "failed after .* with a timeout of",
                        "Waits for the server by a setting of its own, whatever the timeout of the request.",
                        (server, opening) -> new SimulatedRequestReply(server, opening) {
                            @Override
                            protected void requireUsable(Duration patience) {
                                super.requireUsable(patience.plus(Duration.ofMillis(400)));
                            }
                        }),
                RequestReplyFault.remote(
                        "ForgetsItsResponders",
                        "G-14",
                        "was not answered again",
                        "Connects again, and does not respond again.",
                        (server, opening) -> new SimulatedRequestReply(server, opening) {
                            @Override
                            protected void connectedAgain(List<PlainResponder> responders) {
                                // They were made long ago.
                            }
                        }),
                RequestReplyFault.remote(
                        "NeverConnectsAgain",
                        "G-14",
                        "was not answered again",
                        "Keeps the connection that it had.",
                        (server, opening) -> new SimulatedRequestReply(server, opening) {
                            private boolean lost;

                            @Override
                            protected void requireUsable(Duration patience) {
                                if (lost) {
                                    throw new BrokerUnavailableException("The connection was lost");
                                }
                                super.requireUsable(patience);
                            }

                            @Override
                            protected void connectedAgain(List<PlainResponder> responders) {
                                super.connectedAgain(responders);
                                lost = true;
                            }
                        }));
    }
}
