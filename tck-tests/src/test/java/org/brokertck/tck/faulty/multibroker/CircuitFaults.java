package org.brokertck.tck.faulty.multibroker;

import static org.brokertck.tck.faulty.multibroker.MultiFault.plain;

import java.util.List;
import java.util.Map;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.message.Message;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.multibroker.plain.PlainMember;
import org.brokertck.tck.faulty.multibroker.plain.PlainMultiBroker;

/** Faults of circuits, and of what is told when no broker takes a message. */
final class CircuitFaults {
    private CircuitFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "LateIsBetterThanNever",
                        "M-10",
                        "messages in a row, each after the produce timeout",
                        "Counts a message that a broker took for a success, after the produce timeout too.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected void deliver(PlainMember member, String topic, Message message) throws Throwable {
                                bounded(config().produceTimeout(), () -> {
                                    member.broker.produce(topic, message);
                                    return locked(() -> succeeded(member));
                                });
                            }
                        }),
                plain(
                        "RemembersWhatWasUnknown",
                        "M-9",
                        "was refused with .*OperationTimeoutException|where BrokerUnavailableException is due",
                        "Does not know what became of a message that it gave to nobody, when it did not know with the last one.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected Throwable passedOver(PlainMember member) {
                                return member.lastFailure;
                            }
                        }),
                plain(
                        "UnknownIsToldAsRefused",
                        "M-9",
                        "took without an answer",
                        "Says that a message was refused, also where a broker may have taken it.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected BrokerException unavailable(String topic, Map<PlainMember, Throwable> causes) {
                                BrokerException failure = super.unavailable(topic, causes);
                                return new BrokerUnavailableException(String.valueOf(failure.getMessage()), failure);
                            }
                        }),
                plain(
                        "AnInterruptedProbeIsNeverOver",
                        "M-10",
                        "a probe was interrupted, and another one was due",
                        "Lets one probe through at a time, and waits for its outcome, which one that was interrupted never tells.",
                        OneProbeAtATime::new),
                plain(
                        "AProbeThatIsTooLargeIsNeverOver",
                        "M-10",
                        "a probe ended with .*MessageTooLarge",
                        "Lets one probe through at a time, and takes a message that is too large for neither success nor failure.",
                        it -> new OneProbeAtATime(it) {
                            @Override
                            protected boolean refused(PlainMember member, MessageTooLargeException tooLarge) {
                                return false;
                            }
                        }),
                plain(
                        "AProbeThatIsPassedOverIsNeverOver",
                        "M-10",
                        "could not be a probe for the want of a subscription",
                        "Takes the one permission for a probe, and then finds that the broker lacks a subscription to the topic.",
                        it -> new OneProbeAtATime(it) {
                            @Override
                            protected boolean mayTake(PlainMember member, String topic) {
                                return mayCall(member) && hasJoined(member, topic);
                            }
                        }),
                plain(
                        "TooLargeIsASuccess",
                        "M-10",
                        "had to probe, and [2-6] of the 6 after it were given to that broker",
                        "Takes a broker that refuses a message as too large for one that works again.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected boolean refused(PlainMember member, MessageTooLargeException tooLarge) {
                                return succeeded(member);
                            }
                        }),
                plain(
                        "TooLargeIsAFailure",
                        "M-10",
                        "a message that fits was refused after|nothing ever failed there",
                        "Counts whatever a broker throws as a failure of it.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected boolean refused(PlainMember member, MessageTooLargeException tooLarge) {
                                return failed(member, tooLarge);
                            }
                        }),
                plain(
                        "TellsTheLastCauseOnly",
                        "M-9",
                        "does not name|neither the failure nor a cause",
                        "Throws what the last broker threw, as the cause.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected BrokerException unavailable(String topic, Map<PlainMember, Throwable> causes) {
                                Throwable last = causes.values().stream()
                                        .reduce((a, b) -> b)
                                        .orElse(null);
                                return new BrokerUnavailableException("No broker of " + names(causes), last);
                            }

                            private List<String> names(Map<PlainMember, Throwable> causes) {
                                return causes.keySet().stream()
                                        .map(member -> member.name)
                                        .toList();
                            }
                        }),
                plain(
                        "TooLargeIsToldAsUnavailable",
                        "M-9",
                        "too large for every broker threw .* where MessageTooLargeException is due",
                        "Says that no broker is there, whatever each of them says.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected BrokerException unavailable(String topic, Map<PlainMember, Throwable> causes) {
                                BrokerException failure = super.unavailable(topic, causes);
                                return failure instanceof MessageTooLargeException
                                        ? new BrokerUnavailableException(String.valueOf(failure.getMessage()), failure)
                                        : failure;
                            }
                        }),
                plain(
                        "OpenCircuitsHaveNoCause",
                        "M-9",
                        "neither the failure nor a cause",
                        "Forgets why a circuit is open.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected boolean failed(PlainMember member, Throwable failure) {
                                super.failed(member, failure);
                                member.lastFailure = new IllegalStateException("circuit open");
                                return true;
                            }
                        }),
                plain(
                        "NoBrokerIsSuccess",
                        "M-9",
                        "was accepted where BrokerUnavailableException is due",
                        "Returns when there is nobody to send to.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            public void produce(String topic, Message message) {
                                if (locked(members::isEmpty) && !closed) {
                                    return;
                                }
                                super.produce(topic, message);
                            }
                        }),
                plain(
                        "CircuitNeverOpens",
                        "M-10",
                        "was called for .* messages",
                        "Calls a failing broker for every message.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected boolean mayCall(PlainMember member) {
                                return true;
                            }
                        }),
                plain(
                        "CircuitNeverHalfOpens",
                        "M-10",
                        "was called for .* messages",
                        "Lets no probe through.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected boolean mayCall(PlainMember member) {
                                return member.failures < config().failureThreshold();
                            }
                        }),
                plain(
                        "ProbesWithEveryMessage",
                        "M-10",
                        "one of .* messages may probe",
                        "Lets all messages through once the interval is over, as long as it takes the first to fail.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected boolean mayCall(PlainMember member) {
                                boolean due = time().nanoTime() - member.openUntil >= 0;
                                return member.failures < config().failureThreshold() || due;
                            }

                            @Override
                            protected boolean failed(PlainMember member, Throwable failure) {
                                long before = member.openUntil;
                                super.failed(member, failure);
                                if (member.failures > config().failureThreshold()) {
                                    member.openUntil = before;
                                }
                                return true;
                            }
                        }),
                plain(
                        "FailuresAddUp",
                        "M-10",
                        "never failed three times in a row",
                        "Counts failures, and no success takes one back.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected boolean succeeded(PlainMember member) {
                                return true;
                            }
                        }),
                plain(
                        "ThresholdOffByOne",
                        "M-10",
                        "failures open the circuit",
                        "Opens the circuit with the failure after the threshold.",
                        it -> new PlainMultiBroker(it) {
                            @Override
                            protected boolean mayCall(PlainMember member) {
                                return member.failures == config().failureThreshold() || super.mayCall(member);
                            }
                        }));
    }
}
