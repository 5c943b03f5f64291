package org.brokertck.rabbitmq.consuming;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a consumer does with what it takes. */
@FunctionalInterface
public interface Handling {
    /** Prepares the handling of one message. */
    Task begin(Delivery delivery);

    /** The handling of one message, on the consumer's thread. */
    interface Task {
        /** Calls the user's handler. */
        void run() throws Throwable;

        /**
         * Settles the message once its handler has ended.
         *
         * @param session the one that the message came in
         * @param failure what the handler threw; null for success
         * @throws IOException when the message cannot be settled: the session ends, and the message goes back to the queue
         */
        void settle(ConsumerSession session, @Nullable Throwable failure) throws IOException, InterruptedException;

        /**
         * The handler has ended after it was given up at the end of the drain timeout. The message stays unsettled, unless said
         * otherwise.
         */
        default void endedLate(ConsumerSession session, @Nullable Throwable failure)
                throws IOException, InterruptedException {
            throw new InterruptedException();
        }
    }
}
