package org.brokertck.tck.faulty.broker;

import static org.brokertck.tck.faulty.broker.BrokerFault.lines;
import static org.brokertck.tck.faulty.broker.BrokerFault.plain;

import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.brokertck.api.ClosedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.broker.plain.PlainBroker;
import org.brokertck.tck.faulty.broker.plain.PlainLine;

/** Faults of delivery and of handlers. */
final class DeliveryFaults {
    private DeliveryFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "TakesAnotherBrokersWordForItsOwn",
                        "G-12",
                        "did not receive",
                        "Ends a subscriber whose handler throws the closed exception, which another broker has thrown.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void handle(PlainLine line, MessageHandler handler, Message message) {
                                super.handle(
                                        line,
                                        received -> {
                                            try {
                                                handler.handle(received);
                                            } catch (ClosedException closed) {
                                                line.abandon();
                                                throw closed;
                                            }
                                        },
                                        message);
                            }
                        }),
                plain(
                        "SubscribersShareALine",
                        "B-1",
                        "did not receive",
                        "Gives each message to one of the subscribers in turn, as a queue does.",
                        it -> new PlainBroker(it) {
                            private int turn;

                            @Override
                            protected void spread(String topic, Message message) {
                                List<PlainLine> all = lines(topic);
                                if (!all.isEmpty()) {
                                    super.spread(topic, message);
                                    for (int i = 0; i < all.size(); i++) {
                                        if (i != turn % all.size()) {
                                            takeBack(all.get(i));
                                        }
                                    }
                                    turn++;
                                }
                            }

                            private void takeBack(PlainLine line) {
                                ((Losing) line).loseLast();
                            }

                            @Override
                            protected PlainLine newLine(String topic, MessageHandler handler) {
                                return new Losing(this, topic, handler);
                            }
                        }),
                lines(
                        "TheNewestComesFirst",
                        "B-1",
                        "after .*, which .* produced later",
                        "Takes what waits from the wrong end.",
                        (broker, it) -> new PlainLine(broker, it.topic(), it.handler()) {
                            @Override
                            protected void add(Message message) {
                                waiting.addFirst(message);
                            }
                        }),
                plain(
                        "RemovesDuplicateIds",
                        "B-1",
                        "with equal ids",
                        "Takes a message whose id it has seen for a repetition.",
                        it -> new PlainBroker(it) {
                            private final Set<String> seen = new HashSet<>();

                            @Override
                            protected void spread(String topic, Message message) {
                                if (seen.add(message.id())) {
                                    super.spread(topic, message);
                                }
                            }
                        }),
                plain(
                        "TopicsIgnoreCase",
                        "B-1",
                        "which was produced to",
                        "Compares topics without regard to case.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected List<PlainLine> lines(String topic) {
                                return server().locked(() -> linesIgnoringCase(topic));
                            }

                            private List<PlainLine> linesIgnoringCase(String topic) {
                                List<PlainLine> found = new ArrayList<>(super.lines(topic));
                                if (topic.equals("order")) {
                                    found.addAll(super.lines("Order"));
                                }
                                return found;
                            }
                        }),
                plain(
                        "KeepsTheTopicAsBuilt",
                        "B-1",
                        "received .* changed",
                        "Hands messages out with the topic that they were built with.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected Message stored(String topic, Message message) {
                                return message;
                            }
                        }),
                stored(
                        "KeepsTheCountWhereTheTopicStands",
                        "B-1",
                        "received counted there changed",
                        "Sets what a message must arrive with when its topic is another one, and hands on the others as they are.",
                        (topic, message) -> message.topic().equals(topic)
                                ? message
                                : message.toBuilder().topic(topic).retries(0).build()),
                stored(
                        "TimeBeginsIn1970",
                        "B-1",
                        "received before-1970 changed",
                        "Keeps times as a number that has no sign.",
                        (topic, message) -> message.toBuilder()
                                .topic(topic)
                                .retries(0)
                                .timestamp(
                                        message.timestamp().isBefore(Instant.EPOCH)
                                                ? Instant.EPOCH
                                                : message.timestamp())
                                .build()),
                stored(
                        "IdsEndAtAZero",
                        "B-1",
                        "received nul, which nobody produced",
                        "Passes ids through something that ends them at a zero.",
                        (topic, message) -> message.toBuilder()
                                .topic(topic)
                                .retries(0)
                                .id(beforeZero(message.id()))
                                .build()),
                plain(
                        "TopicsAreNormalised",
                        "B-1",
                        "which was produced to",
                        "Takes topics for the same that look alike on paper.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected boolean isSame(String subscribed, String produced) {
                                return normal(subscribed).equals(normal(produced));
                            }

                            private String normal(String topic) {
                                return Normalizer.normalize(topic, Normalizer.Form.NFC);
                            }
                        }),
                plain(
                        "OneSubscriptionForAHandler",
                        "B-1",
                        "a handler that was subscribed to a topic twice",
                        "Gives each handler a message once, as if it had subscribed once.",
                        it -> new PlainBroker(it) {
                            private final Map<PlainLine, MessageHandler> handlers = new HashMap<>();

                            @Override
                            protected PlainLine newLine(String topic, MessageHandler handler) {
                                PlainLine line = super.newLine(topic, handler);
                                handlers.put(line, handler);
                                return line;
                            }

                            @Override
                            protected List<PlainLine> lines(String topic) {
                                Set<MessageHandler> served = new HashSet<>();
                                return super.lines(topic).stream()
                                        .filter(line -> served.add(handlers.get(line)))
                                        .toList();
                            }
                        }),
                plain(
                        "RefusedReachesThoseWithRoom",
                        "B-1",
                        "which was refused",
                        "Gives a message to those who have room before it finds that others have none.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void awaitRoom(String topic) {
                                // Found out on the way.
                            }

                            @Override
                            protected void spread(String topic, Message message) {
                                for (PlainLine line : lines(topic)) {
                                    ((Losing) line)
                                            .addOr(
                                                    config().capacity(),
                                                    message,
                                                    () -> new QueueFullException("no room for '" + topic + "'"));
                                }
                            }

                            @Override
                            protected PlainLine newLine(String topic, MessageHandler handler) {
                                return new Losing(this, topic, handler);
                            }
                        }),
                plain(
                        "RoomIsSharedBySubscribers",
                        "B-1",
                        "messages when it was alone, and 12 beside others",
                        "Has a producer wait when no subscriber has room, not when one has none.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected boolean hasRoom(String topic) {
                                List<PlainLine> lines = lines(topic);
                                return lines.isEmpty()
                                        || lines.stream()
                                                .anyMatch(line -> ((Losing) line).waits() < config().capacity());
                            }

                            @Override
                            protected PlainLine newLine(String topic, MessageHandler handler) {
                                return new Losing(this, topic, handler);
                            }
                        }),
                plain(
                        "TwoThreadsForAHandler",
                        "B-1",
                        "ran twice at once|produced later",
                        "Calls handlers from a pool, to be faster.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void handle(PlainLine line, MessageHandler handler, Message message) {
                                Thread thread = new Thread(() -> super.handle(line, handler, message), "plain-pool");
                                thread.setDaemon(true);
                                thread.start();
                            }
                        }),
                plain(
                        "OneThreadForAll",
                        "G-12",
                        "did not happen|did not receive",
                        "Calls all handlers of a broker under one lock.",
                        it -> new PlainBroker(it) {
                            private final Object oneAtATime = new Object();

                            @Override
                            protected void handle(PlainLine line, MessageHandler handler, Message message) {
                                synchronized (oneAtATime) {
                                    super.handle(line, handler, message);
                                }
                            }
                        }),
                plain(
                        "WaitsForOneThatLeft",
                        "B-1",
                        "waited for the room of a subscriber that was closed",
                        "Waits for the subscribers that were full when it began to wait, whether they are still there or not.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void awaitRoom(String topic) {
                                List<PlainLine> before = List.copyOf(lines(topic));
                                super.awaitRoom(topic);
                                if (!lines(topic).containsAll(before)) {
                                    throw new QueueFullException("A subscriber to '" + topic + "' has no room");
                                }
                            }
                        }),
                lines(
                        "HandlersInheritTheInterruptFlag",
                        "G-12",
                        "interrupt flag that a handler left behind",
                        "Calls a handler with the interrupt flag that the one before left set.",
                        (broker, it) -> new PlainLine(broker, it.topic(), it.handler()) {
                            @Override
                            protected void forgetInterrupt() {}
                        }),
                plain(
                        "AnErrorEndsTheSubscriber",
                        "G-12",
                        "did not receive",
                        "Goes on after exceptions, and not after errors.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void handle(PlainLine line, MessageHandler handler, Message message) {
                                super.handle(
                                        line,
                                        received -> {
                                            try {
                                                handler.handle(received);
                                            } catch (Error error) {
                                                line.close();
                                                throw error;
                                            }
                                        },
                                        message);
                            }
                        }));
    }

    private static String beforeZero(String text) {
        int zero = text.indexOf(0);
        return zero < 0 ? text : text.substring(0, zero);
    }

    private static Fault stored(
            String name,
            String rule,
            String finding,
            String description,
            BiFunction<String, Message, Message> keeping) {
        return plain(name, rule, finding, description, it -> new PlainBroker(it) {
            @Override
            protected Message stored(String topic, Message message) {
                return keeping.apply(topic, message);
            }
        });
    }

    /** A line that takes back, or refuses. */
    private static final class Losing extends PlainLine {
        private Losing(PlainBroker broker, String topic, MessageHandler handler) {
            super(broker, topic, handler);
        }

        private int waits() {
            return waiting.size();
        }

        private void loseLast() {
            waiting.pollLast();
        }

        private void addOr(int capacity, Message message, Supplier<RuntimeException> full) {
            if (waiting.size() >= capacity) {
                throw full.get();
            }
            add(message);
        }
    }
}
