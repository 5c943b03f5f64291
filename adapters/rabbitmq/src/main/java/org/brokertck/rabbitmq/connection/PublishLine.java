package org.brokertck.rabbitmq.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A publishing channel that is opened again when it was lost. One thread uses it. */
public final class PublishLine {
    private static final Logger LOG = LoggerFactory.getLogger(PublishLine.class);
    private static final Duration SLICE = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Link link;
    private final String name;
    private final Declaration declaration;
    private final Ledger ledger;
    private volatile @Nullable Exception lastFailure;
    private final AtomicBoolean renew = new AtomicBoolean();
    private @Nullable PublishChannel current;

    /** @param name of what is published to, for the log */
    public PublishLine(Link link, String name, Declaration declaration, Ledger ledger) {
        this.link = link;
        this.name = name;
        this.declaration = declaration;
        this.ledger = ledger;
    }

    /**
     * Writes the message, over as many channels as it takes, until it is written or withdrawn.
     *
     * @param stopped whether to give up
     * @throws ClosedException when the connection was closed for good
     */
    public void publish(Publication publication, BooleanSupplier stopped) throws InterruptedException {
        while (!stopped.getAsBoolean() && publication.waits()) {
            try {
                channel().publish(publication);
            } catch (BrokerUnavailableException stillAway) {
                // Its producer decides how long to wait.
                LOG.trace("'{}' waits for its server", name);
            } catch (IOException | RuntimeException e) {
                unusable(e);
            }
        }
    }

    /** Has what is published from now on take a new channel. From any thread; never waits. */
    public void renew() {
        renew.set(true);
    }

    /** What to throw when something could not be sent in time. From any thread. */
    public BrokerUnavailableException unavailable() {
        Exception failure = lastFailure;
        return failure == null ? link.unavailable() : link.unavailable(failure);
    }

    private PublishChannel channel() throws InterruptedException, IOException {
        PublishChannel channel = current;
        if (renew.getAndSet(false) && channel != null) {
            LOG.debug("The publishing channel of '{}' is given up for a new one", name);
            channel.abort();
        }
        if (channel == null || !channel.isOpen()) {
            channel = new PublishChannel(link.await(Deadline.in(SLICE)), declaration, ledger);
            current = channel;
            lastFailure = null;
        }
        return channel;
    }

    private void unusable(Exception failure) throws InterruptedException {
        if (failure instanceof ClosedException closed) {
            throw closed;
        }
        LOG.debug("The publishing channel of '{}' failed and is opened again", name, failure);
        link.dropIfSilent(failure);
        current = null;
        lastFailure = failure;
        link.pause(PAUSE);
    }
}
