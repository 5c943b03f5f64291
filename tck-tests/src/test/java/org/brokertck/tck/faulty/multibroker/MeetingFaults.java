package org.brokertck.tck.faulty.multibroker;

import static org.brokertck.tck.faulty.multibroker.MultiFault.plain;

import java.util.List;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.multibroker.plain.Opening;
import org.brokertck.tck.faulty.multibroker.plain.PlainMultiBroker;

/** Faults that show where two features meet: calls from inside handlers. */
final class MeetingFaults {
    private MeetingFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "SubscribesBetweenHandlers",
                        "M-7",
                        "a handler produced and subscribed",
                        "Has a subscription made by the thread that calls handlers, when that is through with the present one.",
                        SubscribesBetweenHandlers::new),
                plain(
                        "HandlersReadTheConfirms",
                        "M-7",
                        "a handler produced and subscribed",
                        "Calls handlers on the thread that also hears whether a broker has taken a message.",
                        HandlersReadTheConfirms::new));
    }

    /** Knows whether the present thread is in a handler. */
    private abstract static class Handling extends PlainMultiBroker {
        final ThreadLocal<Boolean> handling = ThreadLocal.withInitial(() -> false);

        Handling(Opening opening) {
            super(opening);
        }

        @Override
        public TopicSubscription subscribe(String topic, MessageHandler handler) {
            return super.subscribe(topic, handler == null ? handler : noted(handler));
        }

        private MessageHandler noted(MessageHandler handler) {
            return message -> {
                handling.set(true);
                try {
                    handler.handle(message);
                } finally {
                    handling.set(false);
                }
            };
        }
    }

    private static final class SubscribesBetweenHandlers extends Handling {
        SubscribesBetweenHandlers(Opening opening) {
            super(opening);
        }

        @Override
        public TopicSubscription subscribe(String topic, MessageHandler handler) {
            if (handling.get()) {
                throw new OperationTimeoutException("Not subscribed within " + config().produceTimeout());
            }
            return super.subscribe(topic, handler);
        }
    }

    private static final class HandlersReadTheConfirms extends Handling {
        HandlersReadTheConfirms(Opening opening) {
            super(opening);
        }

        @Override
        public void produce(String topic, Message message) {
            super.produce(topic, message);
            if (handling.get()) {
                throw new OperationTimeoutException("No confirm within " + config().produceTimeout());
            }
        }
    }
}
