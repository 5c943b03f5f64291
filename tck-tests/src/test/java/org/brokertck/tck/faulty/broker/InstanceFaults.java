package org.brokertck.tck.faulty.broker;

import static org.brokertck.tck.faulty.broker.BrokerFault.lines;
import static org.brokertck.tck.faulty.broker.BrokerFault.plain;
import static org.brokertck.tck.faulty.broker.BrokerFault.stored;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.tck.faulty.Characters;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.broker.plain.Opening;
import org.brokertck.tck.faulty.broker.plain.PlainBroker;
import org.brokertck.tck.faulty.broker.plain.PlainLine;
import org.brokertck.tck.faulty.broker.plain.PlainServer;

/** Faults against the rules of every interface: arguments, contents, calls at once, interrupts and names. */
final class InstanceFaults {
    private static final PlainServer SHARED = new PlainServer();

    private InstanceFaults() {}

    static List<Fault> all() {
        return List.of(
                plain("TakesAnyTopic", "G-1", "was accepted", "Takes patterns for topics.", it -> new PlainBroker(it) {
                    @Override
                    protected void requireTopic(String topic) {
                        if (!topic.contains("*") && !topic.contains("#")) {
                            super.requireTopic(topic);
                        }
                    }
                }),
                plain(
                        "CountsRefusedCalls",
                        "G-1",
                        "after calls that were refused",
                        "Counts calls that it refuses among its errors.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void requireTopic(String topic) {
                                try {
                                    super.requireTopic(topic);
                                } catch (RuntimeException refusal) {
                                    errors++;
                                    throw refusal;
                                }
                            }
                        }),
                plain(
                        "OneProducerAtATime",
                        "G-4",
                        "threw",
                        "Guards produce with a flag, and tells a second caller that it is busy.",
                        it -> new PlainBroker(it) {
                            private final AtomicBoolean busy = new AtomicBoolean();

                            @Override
                            public void produce(String topic, Message message) {
                                if (!busy.compareAndSet(false, true)) {
                                    throw new BrokerUnavailableException("busy: try again");
                                }
                                try {
                                    super.produce(topic, message);
                                    Thread.yield();
                                } finally {
                                    busy.set(false);
                                }
                            }
                        }),
                stored(
                        "PayloadThroughUtf8String",
                        "G-5",
                        "changed: payload",
                        "Passes payloads through a string.",
                        it -> it.toBuilder()
                                .payload(new String(it.payload(), StandardCharsets.UTF_8)
                                        .getBytes(StandardCharsets.UTF_8))
                                .build()),
                plain(
                        "LimitOffByOne",
                        "G-6",
                        "1 over the limit was accepted",
                        "Takes one byte more than the limit that it states.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void checkSize(Message message) {
                                if (message.payloadSize() != it.limits().maxPayloadBytes() + 1) {
                                    super.checkSize(message);
                                }
                            }
                        }),
                BrokerFault.plain(
                        "HeadersCountedInCharacters",
                        "G-6",
                        "produce with headers of 65537 bytes",
                        "Counts the characters of headers, not their bytes.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected long headerBytes(Message message) {
                                return Characters.of(message.headers());
                            }
                        }),
                stored(
                        "EmptyHeadersAreLeftOut",
                        "G-7",
                        "changed: headers",
                        "Leaves out headers without a value.",
                        it -> {
                            Map<String, String> headers = new HashMap<>(it.headers());
                            headers.values().removeIf(String::isEmpty);
                            return it.toBuilder().headers(headers).build();
                        }),
                stored(
                        "HeadersAreTrimmed",
                        "G-7",
                        "changed: headers",
                        "Writes headers as lines, and reads them without the blanks at their ends.",
                        it -> {
                            Map<String, String> headers = new HashMap<>();
                            it.headers().forEach((key, value) -> headers.put(key, value.strip()));
                            return it.toBuilder().headers(headers).build();
                        }),
                plain(
                        "ReusesItsReadBuffer",
                        "G-8",
                        "changed: payload",
                        "Hands out messages over a buffer that the next one of the same size overwrites.",
                        it -> new PlainBroker(it) {
                            private final Map<Integer, byte[]> buffers = new HashMap<>();

                            @Override
                            protected Message handedOut(Message message) {
                                byte[] buffer = buffers.computeIfAbsent(message.payloadSize(), byte[]::new);
                                message.payloadBuffer().get(buffer);
                                return message.toBuilder().ownedPayload(buffer).build();
                            }
                        }),
                lines(
                        "ForgetsTheInterruptFlag",
                        "G-9",
                        "did not restore the interrupt flag",
                        "Throws without setting the flag again.",
                        (broker, it) -> new PlainLine(broker, it.topic(), it.handler()) {
                            @Override
                            protected RuntimeException interrupted(InterruptedException cause) {
                                RuntimeException thrown = super.interrupted(cause);
                                Thread.interrupted();
                                return thrown;
                            }
                        }),
                plain(
                        "ProduceTakesTheFlag",
                        "G-9",
                        "took away the interrupt flag",
                        "Clears the flag of a thread that produces, so that its own waits are not disturbed.",
                        it -> new PlainBroker(it) {
                            @Override
                            public void produce(String topic, Message message) {
                                Thread.interrupted();
                                super.produce(topic, message);
                            }
                        }),
                plain(
                        "WaitsOnForRoom",
                        "G-9",
                        "waits for room did not return",
                        "Goes on waiting for room when it is interrupted, and sets the flag at the end.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void awaitRoom(String topic) {
                                boolean interrupted = false;
                                for (boolean waits = true; waits; ) {
                                    try {
                                        super.awaitRoom(topic);
                                        waits = false;
                                    } catch (OperationInterruptedException again) {
                                        interrupted = Thread.interrupted();
                                    }
                                }
                                if (interrupted) {
                                    Thread.currentThread().interrupt();
                                }
                            }
                        }),
                plain(
                        "SubscribersLoseEachOther",
                        "G-4",
                        "did not receive",
                        "Looks for the subscribers of a topic and makes their list when there is none, in two steps.",
                        it -> new PlainBroker(it) {
                            private final Map<String, List<PlainLine>> byTopic = new ConcurrentHashMap<>();

                            @Override
                            public TopicSubscription subscribe(String topic, MessageHandler handler) {
                                List<PlainLine> known = byTopic.get(topic);
                                if (known == null) {
                                    known = new CopyOnWriteArrayList<>();
                                    Thread.yield();
                                    byTopic.put(topic, known);
                                }
                                PlainLine line = (PlainLine) super.subscribe(topic, handler);
                                known.add(line);
                                return line;
                            }

                            @Override
                            protected List<PlainLine> lines(String topic) {
                                List<PlainLine> known = byTopic.getOrDefault(topic, List.of());
                                return super.lines(topic).stream()
                                        .filter(known::contains)
                                        .toList();
                            }
                        }),
                plain(
                        "NamesIgnoreCase",
                        "G-11",
                        "which nobody produced|did not receive",
                        "Keeps the topics of all brokers in one place, by names without regard to case.",
                        it -> new PlainBroker(
                                new Opening(it.name().toLowerCase(Locale.ROOT), it.config(), it.limits(), SHARED))));
    }
}
