package org.brokertck.tck.faulty.broker;

import static org.brokertck.tck.faulty.broker.BrokerFault.lines;
import static org.brokertck.tck.faulty.broker.BrokerFault.plain;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.Gap;
import org.brokertck.tck.faulty.broker.plain.Opening;
import org.brokertck.tck.faulty.broker.plain.PlainBroker;
import org.brokertck.tck.faulty.broker.plain.PlainLine;

/** Faults that show where two features meet: calls from inside handlers, ends that meet other ends, interrupts and beginnings. */
final class MeetingFaults {
    private MeetingFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "HandlersReadTheConfirms",
                        "B-1",
                        "a handler produced and subscribed",
                        "Calls handlers on the thread that also reads what the server confirms.",
                        HandlersReadTheConfirms::new),
                plain(
                        "SubscribesBetweenHandlers",
                        "B-1",
                        "a handler produced and subscribed",
                        "Has a subscription made by the thread that calls handlers, when that is through with the present one.",
                        SubscribesBetweenHandlers::new),
                plain(
                        "ClosedByItsHandlerIsClosed",
                        "G-3",
                        "whose handler had closed it and still ran",
                        "Has nothing to wait for when a handler has closed it before.",
                        ClosedByItsHandlerIsClosed::new),
                lines(
                        "AnInterruptUndoesTheEnd",
                        "G-9",
                        "was closed, which an interrupt cut short",
                        "Takes a close back when that is interrupted.",
                        (broker, it) -> new AnInterruptUndoesTheEnd(broker, it.topic(), it.handler())),
                plain(
                        "FullWithThoseWhoLeft",
                        "B-2",
                        "when the subscriber that had no room is closed",
                        "Notes who is full, and crosses out who has room again, but not who has left.",
                        FullWithThoseWhoLeft::new),
                plain(
                        "SubscribesPastItsClose",
                        "G-10",
                        "subscribe that met a close",
                        "Looks whether it is closed, and makes the subscription in another step.",
                        SubscribesPastItsClose::new),
                plain(
                        "WaitsAnewForRoom",
                        "B-1",
                        "while 4 others made room, was refused after",
                        "Has a produce wait for the whole timeout again when it was woken and there is still no room.",
                        WaitsAnewForRoom::new),
                lines(
                        "LeftFromInsideForGood",
                        "G-3",
                        "close did not return within|the interrupt of a handler that does not end",
                        "Sets no end to a handler that has closed its own subscription, since that close does not wait.",
                        (broker, it) -> new LeftFromInsideForGood(broker, it.topic(), it.handler())));
    }

    private static final class WaitsAnewForRoom extends PlainBroker {
        WaitsAnewForRoom(Opening opening) {
            super(opening);
        }

        @Override
        protected void awaitRoom(String topic) {
            try {
                while (!closed && !hasRoom(topic)) {
                    if (server().await(config().produceTimeout().toNanos()) <= 0) {
                        super.awaitRoom(topic);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException("Interrupted while waiting for room", e);
            }
        }
    }

    private static final class LeftFromInsideForGood extends PlainLine {
        private volatile boolean left;

        LeftFromInsideForGood(PlainBroker broker, String topic, MessageHandler handler) {
            super(broker, topic, handler);
        }

        @Override
        public void close() {
            left |= isCurrentThread();
            super.close();
        }

        @Override
        protected long drainNanos() {
            return left ? Long.MAX_VALUE / 2 : super.drainNanos();
        }
    }

    private static final class HandlersReadTheConfirms extends PlainBroker {
        private final ThreadLocal<Boolean> handling = ThreadLocal.withInitial(() -> false);

        HandlersReadTheConfirms(Opening opening) {
            super(opening);
        }

        @Override
        protected void handle(PlainLine line, MessageHandler handler, Message message) {
            handling.set(true);
            super.handle(line, handler, message);
            handling.set(false);
        }

        @Override
        public void produce(String topic, Message message) {
            super.produce(topic, message);
            if (handling.get()) {
                throw new OperationTimeoutException("No confirm within " + config().produceTimeout());
            }
        }
    }

    private static final class SubscribesBetweenHandlers extends PlainBroker {
        private final ThreadLocal<Boolean> handling = ThreadLocal.withInitial(() -> false);

        SubscribesBetweenHandlers(Opening opening) {
            super(opening);
        }

        @Override
        protected void handle(PlainLine line, MessageHandler handler, Message message) {
            handling.set(true);
            super.handle(line, handler, message);
            handling.set(false);
        }

        @Override
        public TopicSubscription subscribe(String topic, MessageHandler handler) {
            if (handling.get()) {
                throw new OperationTimeoutException("Not subscribed within " + config().produceTimeout());
            }
            return super.subscribe(topic, handler);
        }
    }

    private static final class ClosedByItsHandlerIsClosed extends PlainBroker {
        private final ThreadLocal<Boolean> handling = ThreadLocal.withInitial(() -> false);
        private volatile boolean closedInside;

        ClosedByItsHandlerIsClosed(Opening opening) {
            super(opening);
        }

        @Override
        protected void handle(PlainLine line, MessageHandler handler, Message message) {
            handling.set(true);
            super.handle(line, handler, message);
            handling.set(false);
        }

        @Override
        public void close() {
            if (!closedInside) {
                closedInside = handling.get();
                super.close();
            }
        }
    }

    private static final class AnInterruptUndoesTheEnd extends PlainLine {
        private final PlainBroker broker;
        private volatile boolean undone;

        AnInterruptUndoesTheEnd(PlainBroker broker, String topic, MessageHandler handler) {
            super(broker, topic, handler);
            this.broker = broker;
        }

        @Override
        protected boolean isOver() {
            return super.isOver() && !undone;
        }

        @Override
        protected RuntimeException interrupted(InterruptedException cause) {
            undone = true;
            broker.restore(this);
            return super.interrupted(cause);
        }

        @Override
        public void close() {
            undone = false;
            super.close();
        }
    }

    private static final class FullWithThoseWhoLeft extends PlainBroker {
        private final Set<PlainLine> full = new HashSet<>();

        FullWithThoseWhoLeft(Opening opening) {
            super(opening);
        }

        @Override
        protected boolean isFull(List<PlainLine> all) {
            for (PlainLine line : all) {
                if (super.isFull(List.of(line))) {
                    full.add(line);
                } else {
                    full.remove(line);
                }
            }
            return !full.isEmpty();
        }
    }

    private static final class SubscribesPastItsClose extends PlainBroker {
        private final ThreadLocal<Boolean> looked = ThreadLocal.withInitial(() -> false);

        SubscribesPastItsClose(Opening opening) {
            super(opening);
        }

        @Override
        protected void requireOpen() {
            if (!looked.get()) {
                super.requireOpen();
            }
        }

        @Override
        public TopicSubscription subscribe(String topic, MessageHandler handler) {
            server().locked(() -> {
                requireOpen();
                return true;
            });
            Gap.pass();
            looked.set(true);
            try {
                return super.subscribe(topic, handler);
            } finally {
                looked.set(false);
            }
        }
    }
}
