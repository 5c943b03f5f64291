package org.brokertck.rabbitmq.broker;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.rabbitmq.connection.Connector;
import org.brokertck.rabbitmq.connection.Deadline;
import org.brokertck.rabbitmq.connection.Farewell;
import org.brokertck.rabbitmq.connection.InstanceThreads;
import org.brokertck.rabbitmq.connection.Ledger;
import org.brokertck.rabbitmq.connection.Link;
import org.brokertck.rabbitmq.connection.Production;
import org.brokertck.rabbitmq.connection.Publisher;
import org.brokertck.rabbitmq.connection.ServerDesk;
import org.brokertck.rabbitmq.consuming.Drain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one open broker consists of. It holds two connections, one that publishes and one that consumes: a server under an alarm
 * stops reading from publishers, and whoever handles messages must not wait for that.
 */
final class BrokerParts {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerParts.class);
    /** How long each step of a close may take that waits for the server and not for a handler. */
    private static final Duration STEP = Duration.ofSeconds(1);

    private final BrokerExchange exchange;
    private final BrokerConfig config;
    private final Duration patience;
    private final Link publishing;
    private final Publisher publisher;
    final InstanceThreads threads;
    final Link consuming;
    final ErrorCounts errors = new ErrorCounts();
    final Set<RabbitMqTopicSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    final ServerDesk desk;
    final Production production;
    final HealthLook health;

    /** @param connector whose answer timeout is over 0, and that of a produce */
    BrokerParts(Connector connector, BrokerExchange exchange, BrokerConfig config) {
        this.exchange = exchange;
        this.config = config;
        this.patience = connector.answerTimeout();
        this.threads = new InstanceThreads(exchange.name());
        this.publishing = new Link(connector, threads, "publishing");
        this.consuming = new Link(connector, threads, "consuming");
        this.publisher = new Publisher(publishing, exchange.name(), exchange::declare, new Ledger(), threads);
        this.production = new Production(
                publisher, "exchange '" + exchange.exchange() + "' on RabbitMQ at " + connector.address(), patience);
        this.desk = new ServerDesk(consuming, patience, threads);
        this.health = new HealthLook(exchange, config, desk, publishing, errors, subscriptions::size);
    }

    /** Makes sure of the exchange; fails fast where the server is not there at all. */
    void open() throws InterruptedException {
        desk.awaitServer();
        publishing.awaitFirstAttempt(Deadline.in(patience));
        boolean unused = desk.askOnce(channel -> {
            exchange.declare(channel);
            return true;
        });
    }

    /** Ends everything. */
    void close() {
        production.close();
        try {
            Drain.end(
                    subscriptions.stream().map(RabbitMqTopicSubscription::loop).toList(), config.drainTimeout());
            production.drain(Deadline.in(STEP));
        } catch (InterruptedException insists) {
            LOG.debug("Broker '{}' was closed without waiting for its last handler", exchange.name());
        }
        publisher.stop();
        desk.close();
        Farewell.take("broker '" + exchange.name() + "'", threads, publishing, consuming);
    }
}
