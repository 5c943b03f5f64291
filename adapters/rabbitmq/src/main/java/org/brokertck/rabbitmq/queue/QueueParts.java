package org.brokertck.rabbitmq.queue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.rabbitmq.connection.Connector;
import org.brokertck.rabbitmq.connection.InstanceThreads;
import org.brokertck.rabbitmq.connection.Ledger;
import org.brokertck.rabbitmq.connection.Link;
import org.brokertck.rabbitmq.connection.Publisher;
import org.brokertck.rabbitmq.connection.ServerDesk;

/** What the pieces of one open queue share. Made first, closed last. */
final class QueueParts {
    private final Connector connector;
    private final Topology topology;
    private final QueueConfig config;
    private final InstanceThreads threads;
    private final Counters counters = new Counters();
    private final Ledger ledger = new Ledger();
    private final Set<QueueConsumer> consumers = ConcurrentHashMap.newKeySet();
    private final Link publishing;
    private final Link consuming;
    private final Publisher publisher;
    private final RetryMover retries;
    private final FailureHandling failures;
    private final ServerDesk desk;

    QueueParts(Connector connector, Topology topology, QueueConfig config) {
        this.connector = connector;
        this.topology = topology;
        this.config = config;
        this.threads = new InstanceThreads(topology.name());
        this.publishing = new Link(connector, threads, "publishing");
        this.consuming = new Link(connector, threads, "consuming");
        this.publisher = new Publisher(publishing, topology.name(), topology::declare, ledger, threads);
        this.retries = new RetryMover(consuming, topology, ledger, publisher, threads);
        this.failures = new FailureHandling(publishing, topology, config.backoff(), publisher, retries::look);
        this.desk = new ServerDesk(consuming, connector.answerTimeout(), threads);
    }

    Connector connector() {
        return connector;
    }

    Topology topology() {
        return topology;
    }

    QueueConfig config() {
        return config;
    }

    InstanceThreads threads() {
        return threads;
    }

    Counters counters() {
        return counters;
    }

    Ledger ledger() {
        return ledger;
    }

    /** The consumers that have not ended. */
    Set<QueueConsumer> consumers() {
        return consumers;
    }

    Link publishing() {
        return publishing;
    }

    Link consuming() {
        return consuming;
    }

    Publisher publisher() {
        return publisher;
    }

    RetryMover retries() {
        return retries;
    }

    FailureHandling failures() {
        return failures;
    }

    ServerDesk desk() {
        return desk;
    }
}
