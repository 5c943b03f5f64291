package org.brokertck.tck.faulty.broker;

import static org.brokertck.tck.faulty.broker.BrokerFault.lines;
import static org.brokertck.tck.faulty.broker.BrokerFault.plain;

import java.time.Duration;
import java.util.List;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.broker.plain.Opening;
import org.brokertck.tck.faulty.broker.plain.PlainBroker;
import org.brokertck.tck.faulty.broker.plain.PlainLine;

/** Faults that show with settings at their bounds: no time at all, months of it, and as much room as there may be. */
final class SettingFaults {
    private SettingFaults() {}

    static List<Fault> all() {
        return List.of(
                lines(
                        "NoDrainTimeoutIsForEver",
                        "G-3",
                        "with a drain timeout of 0",
                        "Hands the drain timeout to Thread.join, for which 0 milliseconds have no end.",
                        (broker, it) -> new PlainLine(broker, it.topic(), it.handler()) {
                            @Override
                            protected long drainNanos() {
                                return broker.config().drainTimeout().isZero() ? Long.MAX_VALUE : super.drainNanos();
                            }
                        }),
                plain(
                        "NoProduceTimeoutIsForEver",
                        "B-1",
                        "that may not wait for room",
                        "Hands the produce timeout to Object.wait, for which 0 milliseconds have no end.",
                        NoProduceTimeoutIsForEver::new),
                plain(
                        "NoProduceTimeoutIsNoRoom",
                        "B-1",
                        "that may not wait for room",
                        "Looks whether there is time before it looks whether there is room.",
                        NoProduceTimeoutIsNoRoom::new),
                plain(
                        "ProduceTimeoutInAnInt",
                        "B-1",
                        "that may wait for room for",
                        "Counts the produce timeout in an int of milliseconds, which ends after 25 days.",
                        ProduceTimeoutInAnInt::new),
                lines(
                        "MakesAllItsRoomAtOnce",
                        "B-1",
                        "subscribe .* threw java.lang.OutOfMemoryError",
                        "Makes an array for each subscriber with a place for every message that may wait.",
                        (broker, it) -> new MakesAllItsRoomAtOnce(broker, it.topic(), it.handler())),
                plain(
                        "HealthTimeoutInAnInt",
                        "B-2",
                        "that may wait for the answer for",
                        "Counts the health timeout in an int of milliseconds, which ends after 25 days.",
                        HealthTimeoutInAnInt::new));
    }

    private static final class NoProduceTimeoutIsForEver extends PlainBroker {
        NoProduceTimeoutIsForEver(Opening opening) {
            super(opening);
        }

        @Override
        protected void awaitRoom(String topic) {
            try {
                while (config().produceTimeout().isZero() && !closed && !hasRoom(topic)) {
                    server().await(Long.MAX_VALUE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException("Interrupted while waiting for room", e);
            }
            super.awaitRoom(topic);
        }
    }

    private static final class NoProduceTimeoutIsNoRoom extends PlainBroker {
        NoProduceTimeoutIsNoRoom(Opening opening) {
            super(opening);
        }

        @Override
        protected void awaitRoom(String topic) {
            if (config().produceTimeout().isZero()) {
                throw new QueueFullException("No room at '" + topic + "' within " + config().produceTimeout());
            }
            super.awaitRoom(topic);
        }
    }

    private static final class ProduceTimeoutInAnInt extends PlainBroker {
        ProduceTimeoutInAnInt(Opening opening) {
            super(opening);
        }

        @Override
        protected void awaitRoom(String topic) {
            if ((int) config().produceTimeout().toMillis() < 0 && !hasRoom(topic)) {
                throw new QueueFullException("A subscriber to '" + topic + "' has no room");
            }
            super.awaitRoom(topic);
        }
    }

    private static final class HealthTimeoutInAnInt extends PlainBroker {
        HealthTimeoutInAnInt(Opening opening) {
            super(opening);
        }

        @Override
        protected void awaitAnswer(Duration patience) {
            if (patience.equals(config().healthTimeout()) && (int) patience.toMillis() < 0) {
                throw new OperationTimeoutException("No answer within " + patience);
            }
            super.awaitAnswer(patience);
        }
    }

    private static final class MakesAllItsRoomAtOnce extends PlainLine {
        private final Object[] places;

        MakesAllItsRoomAtOnce(PlainBroker broker, String topic, MessageHandler handler) {
            super(broker, topic, handler);
            this.places = new Object[broker.config().capacity()];
        }

        @Override
        protected void add(Message message) {
            places[waiting.size()] = message;
            super.add(message);
        }
    }
}
