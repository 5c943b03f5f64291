package org.brokertck.tck.faulty.broker;

import static org.brokertck.tck.faulty.broker.BrokerFault.plain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.broker.plain.Opening;
import org.brokertck.tck.faulty.broker.plain.PlainBroker;
import org.brokertck.tck.faulty.broker.plain.PlainLine;

/** Faults that show when a subscriber leaves: with those who wait for its room, and with those who come at that moment. */
final class LeavingFaults {
    private LeavingFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "OneGoesOn",
                        "B-1",
                        "waited for the room of a subscriber that was closed meanwhile did not return",
                        "Lets one go on of all who wait for the room of a subscriber that leaves.",
                        OneGoesOn::new),
                plain(
                        "OneCloseFromInsideIsEnough",
                        "G-3",
                        "close returned while a handler was running, which had closed the broker from inside",
                        "Returns at once from every close that follows one from inside a handler.",
                        it -> new PlainBroker(it) {
                            private volatile boolean fromInside;

                            @Override
                            protected void awaitEnd(List<PlainLine> all) {
                                long own = all.stream()
                                        .filter(line -> line.runsOn(Thread.currentThread()))
                                        .count();
                                if (own > 0) {
                                    fromInside = true;
                                } else if (!fromInside) {
                                    super.awaitEnd(all);
                                }
                            }
                        }),
                plain(
                        "AClosedSubscriptionIsClosed",
                        "G-3",
                        "one close returned while its handler|which had closed it from inside",
                        "Returns from the close of a subscription at once when that has been called before.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected PlainLine newLine(String topic, MessageHandler handler) {
                                return new PlainLine(this, topic, handler) {
                                    @Override
                                    public void close() {
                                        if (!server().locked(this::isOver)) {
                                            super.close();
                                        }
                                    }
                                };
                            }
                        }),
                plain(
                        "TakesTheNextOneWithIt",
                        "B-1",
                        "did not receive what was produced afterwards",
                        "Clears a topic away when its last subscriber has left, though another one came in that moment.",
                        TakesTheNextOneWithIt::new));
    }

    private static final class OneGoesOn extends PlainBroker {
        private long departures;
        private int places;

        OneGoesOn(Opening opening) {
            super(opening);
        }

        @Override
        protected void left(PlainLine line) {
            super.left(line);
            departures++;
            places = 1;
        }

        @Override
        protected void awaitRoom(String topic) {
            long before = departures;
            long left = config().produceTimeout().toNanos();
            try {
                while (!closed && !(hasRoom(topic) && (departures == before || places-- > 0))) {
                    if (left <= 0) {
                        throw new QueueFullException("A subscriber to '" + topic + "' has no room");
                    }
                    left = server().await(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException("Interrupted while waiting for room", e);
            }
        }
    }

    private static final class TakesTheNextOneWithIt extends PlainBroker {
        private static final long CLEARING_NANOS = 300_000;

        private final Map<String, Long> cleared = new HashMap<>();
        private final Set<PlainLine> lost = new HashSet<>();

        TakesTheNextOneWithIt(Opening opening) {
            super(opening);
        }

        @Override
        protected void left(PlainLine line) {
            super.left(line);
            if (lines(line.topic()).isEmpty()) {
                cleared.put(line.topic(), System.nanoTime());
            }
        }

        @Override
        protected PlainLine newLine(String topic, MessageHandler handler) {
            PlainLine line = super.newLine(topic, handler);
            Long since = cleared.get(topic);
            if (since != null && System.nanoTime() - since < CLEARING_NANOS) {
                lost.add(line);
            }
            return line;
        }

        @Override
        protected List<PlainLine> lines(String topic) {
            return super.lines(topic).stream().filter(it -> !lost.contains(it)).toList();
        }
    }
}
