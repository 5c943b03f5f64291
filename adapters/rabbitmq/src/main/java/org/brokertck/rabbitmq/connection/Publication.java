package org.brokertck.rabbitmq.connection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One message on its way to the server. It can be withdrawn until it is handed to the connection; from then on only the
 * server's answer tells what became of it.
 */
public final class Publication {
    /** What became of it. */
    public enum Outcome {
        /** The server has it. */
        CONFIRMED,
        /** The server refused it: it is in no queue. */
        REFUSED,
        /** There is no such queue: it is in none. */
        UNROUTABLE,
        /** The queue was closed before it was sent: it is in no queue. */
        CLOSED,
        /** The connection was lost before the answer came. */
        UNKNOWN
    }

    private enum Stage {
        WAITING,
        SENT,
        /** Sent, and nobody waits for the outcome any more. */
        ABANDONED,
        WITHDRAWN
    }

    private static final String DEFAULT_EXCHANGE = "";

    private final String exchange;
    private final String routingKey;
    private final EncodedMessage message;
    private final Runnable onTaken;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private volatile boolean returned;

    /** A publication that nobody counts. */
    public Publication(String routingKey, EncodedMessage message) {
        this(routingKey, message, () -> {});
    }

    /** @param onTaken is run once, as soon as it is known that the server has the message */
    public Publication(String routingKey, EncodedMessage message, Runnable onTaken) {
        this(DEFAULT_EXCHANGE, routingKey, message, onTaken);
    }

    private Publication(String exchange, String routingKey, EncodedMessage message, Runnable onTaken) {
        this.exchange = exchange;
        this.routingKey = routingKey;
        this.message = message;
        this.onTaken = onTaken;
    }

    /** A publication to an exchange, for whoever has bound a queue to it; that nobody has is no failure. */
    public static Publication toExchange(String exchange, String routingKey, EncodedMessage message, Runnable onTaken) {
        return new Publication(exchange, routingKey, message, onTaken);
    }

    String exchange() {
        return exchange;
    }

    /** Whether the server is to return it when there is no queue for it; else it confirms what it has dropped. */
    boolean mandatory() {
        return exchange.equals(DEFAULT_EXCHANGE);
    }

    public String routingKey() {
        return routingKey;
    }

    public EncodedMessage message() {
        return message;
    }

    public CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    public boolean waits() {
        return stage.get() == Stage.WAITING;
    }

    /** Whether the caller may now write it; from here on its outcome is the server's to tell. */
    public boolean send() {
        return stage.compareAndSet(Stage.WAITING, Stage.SENT);
    }

    /** Nothing of it was written after all. */
    public void unsend() {
        if (!stage.compareAndSet(Stage.SENT, Stage.WAITING)) {
            stage.set(Stage.WITHDRAWN);
        }
    }

    /** Nobody waits for the outcome any more. Whether it is certain that it was not sent and never will be. */
    public boolean withdraw() {
        return stage.compareAndSet(Stage.WAITING, Stage.WITHDRAWN)
                || (!stage.compareAndSet(Stage.SENT, Stage.ABANDONED) && stage.get() == Stage.WITHDRAWN);
    }

    /** The server gave it back. */
    public void returned() {
        returned = true;
    }

    /** The server has it, by its confirm or because it was delivered already; only the first time counts. */
    public void taken() {
        if (taken.compareAndSet(false, true)) {
            onTaken.run();
        }
    }

    /** The server has dealt with it. */
    public void confirmed() {
        if (returned) {
            outcome.complete(Outcome.UNROUTABLE);
        } else {
            taken();
            outcome.complete(Outcome.CONFIRMED);
        }
    }

    public void complete(Outcome result) {
        outcome.complete(result);
    }
}
