package org.brokertck.tck.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.CircuitOpenException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.MalformedMessageException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.PoolExhaustedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.UnknownTopicException;
import org.brokertck.api.message.Failure;
import org.brokertck.api.requestreply.NoResponderException;
import org.brokertck.api.requestreply.ResponderFailedException;

/**
 * What a handler may throw. The contracts' own exceptions are among it, for a handler may use another broker, and what that one
 * says is not to be taken for a word of the broker that called the handler.
 */
public enum Thrown {
    /** An unchecked exception. */
    UNCHECKED(() -> new IllegalStateException("as planned")),
    /** A checked exception, which a lambda may throw past the compiler. */
    CHECKED(() -> new IOException("as planned")),
    /** An exception without a text. */
    NO_TEXT(RuntimeException::new),
    /** An exception whose text cannot be had. */
    BROKEN_TEXT(BrokenTextException::new),
    /** An assertion that failed. */
    ASSERTION(() -> new AssertionError("as planned")),
    /** A class that is missing. */
    LINKAGE(() -> new NoClassDefFoundError("as planned")),
    /** A full heap, as a handler may meet it. */
    MEMORY(() -> new OutOfMemoryError("as planned")),
    /** A stack that is too deep. */
    STACK(() -> new StackOverflowError("as planned")),
    /** A future that was cancelled. */
    CANCELLED(() -> new CancellationException("as planned")),
    /** An interrupt, with the flag left set. */
    INTERRUPTED(() -> new InterruptedException("as planned")),
    /** A call of another broker that was interrupted, with the flag left set. */
    ABORTED(() -> new OperationInterruptedException("as planned")),
    /** Another broker that is closed. */
    CLOSED(() -> new ClosedException("as planned")),
    /** A call of another broker that took too long. */
    TIMEOUT(() -> new OperationTimeoutException("as planned")),
    /** Another broker that cannot be reached. */
    UNAVAILABLE(() -> new BrokerUnavailableException("as planned")),
    /** Another queue that is full. */
    FULL(() -> new QueueFullException("as planned")),
    /** A message that is too large for another broker. */
    TOO_LARGE(() -> new MessageTooLargeException("as planned")),
    /** A topic that another broker does not know. */
    UNKNOWN_TOPIC(() -> new UnknownTopicException("as planned")),
    /** A request that nobody responds to. */
    NO_RESPONDER(() -> new NoResponderException("as planned")),
    /** Another responder that failed. */
    RESPONDER_FAILED(
            () -> new ResponderFailedException("another", Failure.of(new IllegalStateException("as planned")))),
    /** A circuit that is open. */
    CIRCUIT_OPEN(() -> new CircuitOpenException("as planned", Duration.ZERO)),
    /** A pool whose connections are all lent. */
    EXHAUSTED(() -> new PoolExhaustedException("as planned")),
    /** Bytes that are no message. */
    MALFORMED(() -> new MalformedMessageException("as planned"));

    private final Supplier<Throwable> making;

    Thrown(Supplier<Throwable> making) {
        this.making = making;
    }

    /** Those that are neither errors nor interrupts, made anew. */
    public static List<Exception> exceptions() {
        return Arrays.stream(values())
                .filter(it -> !it.isInterrupt())
                .map(Thrown::thrown)
                .filter(Exception.class::isInstance)
                .map(Exception.class::cast)
                .toList();
    }

    private boolean isInterrupt() {
        return this == INTERRUPTED || this == ABORTED;
    }

    /** What is thrown, made anew. */
    public Throwable thrown() {
        return making.get();
    }

    /** Throws it as a handler does, a checked exception too, past the compiler; an interrupt leaves its flag set. */
    public void happen() {
        if (isInterrupt()) {
            Thread.currentThread().interrupt();
        }
        Thrown.<RuntimeException>sneak(thrown());
    }

    @SuppressWarnings("unchecked") // whatever it is, it is thrown as it is
    private static <X extends Throwable> void sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }

    /** Throws when it is asked for its text. */
    private static final class BrokenTextException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            // The kit's recorders ask too: they must not be what breaks.
            if (Thread.currentThread().getStackTrace()[2].getClassName().startsWith("org.brokertck.tck.")) {
                return "as planned";
            }
            throw new UnsupportedOperationException("no text to be had");
        }
    }
}
