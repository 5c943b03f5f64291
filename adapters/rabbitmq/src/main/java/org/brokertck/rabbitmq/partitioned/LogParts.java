package org.brokertck.rabbitmq.partitioned;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.brokertck.adapter.partitioned.LogFigures;
import org.brokertck.api.ClosedException;
import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.rabbitmq.connection.Connector;
import org.brokertck.rabbitmq.connection.InstanceThreads;
import org.brokertck.rabbitmq.connection.Ledger;
import org.brokertck.rabbitmq.connection.Link;
import org.brokertck.rabbitmq.connection.ServerDesk;

/**
 * What the parts of one open broker share. It has two connections, one that publishes and one that receives, since a server under an
 * alarm stops reading from publishers; where only one is allowed, it is both.
 */
final class LogParts {
    /** How long the server is given at least, whatever the configuration: some round trips must fit in. */
    private static final Duration LEAST_FOR_SERVER = Duration.ofSeconds(1);

    final StreamNames names;
    final PartitionedConfig config;
    final long instance = UUID.randomUUID().getMostSignificantBits();
    final String instanceName = String.format("%016x", instance);
    final Connector connector;
    final InstanceThreads threads;
    final LogFigures figures;
    final Ledger ledger = new Ledger();
    final Link receiving;
    final Link publishing;
    final ServerDesk desk;
    final Feeder feeder;
    final Journal journal;
    /** Runs handlers, and what users hang on futures. */
    final ExecutorService handlers;

    /** Waits between attempts. */
    final ScheduledThreadPoolExecutor timer;

    private volatile boolean closing;

    /** @param onFact is told of every fact of the journal; it must not wait */
    LogParts(Connector connector, StreamNames names, PartitionedConfig config, Consumer<Fact> onFact) {
        this.names = names;
        this.config = config;
        this.connector = connector;
        this.threads = new InstanceThreads(names.broker());
        this.figures = new LogFigures(config.rateWindow());
        this.receiving = new Link(connector, threads, "receiving");
        this.publishing = config.maxConnections() > 1 ? new Link(connector, threads, "publishing") : receiving;
        this.desk = new ServerDesk(receiving, connector.answerTimeout(), threads);
        this.feeder = new Feeder(receiving, threads::helper);
        this.journal = new Journal(names, instanceName, publishing, ledger, feeder, threads, onFact);
        this.handlers = Executors.newCachedThreadPool(work -> threads.handler("handler", work));
        this.timer = new ScheduledThreadPoolExecutor(1, threads.factory("timer"));
        timer.setRemoveOnCancelPolicy(true);
    }

    /** How long a call waits for the server. */
    Duration patience() {
        Duration configured = config.produceTimeout();
        return configured.compareTo(LEAST_FOR_SERVER) > 0 ? configured : LEAST_FOR_SERVER;
    }

    int openConnections() {
        int receives = receiving.isOpen() ? 1 : 0;
        return receives + (publishing != receiving && publishing.isOpen() ? 1 : 0);
    }

    boolean isClosing() {
        return closing;
    }

    void beginClosing() {
        closing = true;
    }

    void requireOpen() {
        if (closing) {
            throw closed();
        }
    }

    ClosedException closed() {
        return new ClosedException("Partitioned broker '" + names.broker() + "' is closed: open it again to use it");
    }

    String where() {
        return "RabbitMQ at " + connector.address();
    }
}
