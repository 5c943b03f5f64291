package org.brokertck.tck.faulty.broker;

import java.util.List;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.broker.plain.Opening;
import org.brokertck.tck.faulty.broker.plain.PlainBroker;
import org.brokertck.tck.faulty.broker.plain.PlainLine;

/** Faults that need several things to have happened before: an interrupt and then room, a close from inside and then a message for others. */
final class TurnFaults {
    private TurnFaults() {}

    static List<Fault> all() {
        return List.of(
                BrokerFault.plain(
                        "KeepsAPlaceForWhoWasInterrupted",
                        "B-1",
                        "goes on waiting, and every subscriber has room",
                        "Keeps a place for a producer that was interrupted while it waited for one.",
                        KeepsAPlaceForWhoWasInterrupted::new),
                BrokerFault.plain(
                        "ClearsTheTopicFromInside",
                        "B-1",
                        "is free, and is not given what waits for it",
                        "Drops what waits for all subscribers of its topic when one is closed from inside its handler.",
                        ClearsTheTopicFromInside::new));
    }

    private static final class KeepsAPlaceForWhoWasInterrupted extends PlainBroker {
        private int kept;

        KeepsAPlaceForWhoWasInterrupted(Opening opening) {
            super(opening);
        }

        @Override
        protected void awaitRoom(String topic) {
            try {
                super.awaitRoom(topic);
            } catch (OperationInterruptedException e) {
                kept++;
                throw e;
            }
        }

        @Override
        protected boolean hasRoom(String topic) {
            return lines(topic).stream().allMatch(it -> it.waiting() + kept < config().capacity());
        }
    }

    private static final class ClearsTheTopicFromInside extends PlainBroker {
        ClearsTheTopicFromInside(Opening opening) {
            super(opening);
        }

        @Override
        protected PlainLine newLine(String topic, MessageHandler handler) {
            return new PlainLine(this, topic, handler) {
                @Override
                public void dropWaiting() {
                    super.dropWaiting();
                    if (isCurrentThread()) {
                        lines(topic()).stream().filter(it -> it != this).forEach(PlainLine::dropWaiting);
                    }
                }
            };
        }
    }
}
