package org.brokertck.tck.queue;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.tck.check.MetricsExact;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** Invalid arguments are refused at once and change nothing. */
public interface ArgumentRules extends QueueRules {
    /** The calls with an invalid argument, each with the argument's name. */
    enum InvalidCall {
        /** A null message. */
        PRODUCE_NULL("message"),
        /** A null handler. */
        CONSUME_NULL("handler"),
        /** A limit of 0. */
        LIST_NONE("limit"),
        /** A negative limit. */
        LIST_NEGATIVE("limit"),
        /** A limit of 0. */
        REDRIVE_NONE("limit"),
        /** A negative limit. */
        REDRIVE_NEGATIVE("limit");

        private final String argument;

        InvalidCall(String argument) {
            this.argument = argument;
        }

        @SuppressWarnings({"NullAway", "FutureReturnValueIgnored"}) // null where it is not allowed is the point
        private void make(MessageQueue queue) {
            switch (this) {
                case PRODUCE_NULL -> queue.produce((Message) null);
                case CONSUME_NULL -> queue.consume((MessageHandler) null);
                case LIST_NONE -> queue.deadLetters().list(0);
                case LIST_NEGATIVE -> queue.deadLetters().list(-1);
                case REDRIVE_NONE -> queue.deadLetters().redrive(0);
                case REDRIVE_NEGATIVE -> queue.deadLetters().redrive(Integer.MIN_VALUE);
            }
        }
    }

    @Test
    @Verifies("G-1")
    default void invalidArgumentsAreRefusedByName() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-1")) {
            for (InvalidCall call : InvalidCall.values()) {
                requireRefused(queue, call);
            }
            requireUnharmed(queue, 1);
        }
    }

    @Property
    @Verifies("G-1")
    default void invalidArgumentsChangeNothing(@ForAll @Size(min = 1, max = 12) List<InvalidCall> calls) {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "G-1")) {
            calls.forEach(it -> requireRefused(queue, it));
            requireUnharmed(queue, calls.size());
        }
    }

    private static void requireRefused(QueueUnderTest queue, InvalidCall call) {
        RuntimeException refusal =
                queue.refused(RuntimeException.class, call.name(), () -> call.make(queue.unrecorded()));
        queue.require(
                refusal instanceof NullPointerException || refusal instanceof IllegalArgumentException,
                "%s threw %s where NullPointerException or IllegalArgumentException is due".formatted(call, refusal));
        String text = String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT);
        queue.require(
                text.contains(call.argument),
                "the refusal of %s does not name the argument '%s': %s".formatted(call, call.argument, refusal));
    }

    private static void requireUnharmed(QueueUnderTest queue, int messages) {
        queue.produceAll(Messages.numbered(messages));
        queue.consume(message -> {});
        queue.judgeSettled(new MetricsExact());
    }
}
