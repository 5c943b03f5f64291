package org.brokertck.rabbitmq.pubsub;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.brokertck.adapter.pubsub.IdleWatch;
import org.brokertck.adapter.pubsub.TopicCounters;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.rabbitmq.connection.Connector;
import org.brokertck.rabbitmq.connection.Farewell;
import org.brokertck.rabbitmq.connection.InstanceThreads;
import org.brokertck.rabbitmq.connection.Ledger;
import org.brokertck.rabbitmq.connection.Link;
import org.brokertck.rabbitmq.connection.Production;
import org.brokertck.rabbitmq.connection.Publisher;

/**
 * What one open broker consists of. It holds two connections, one that publishes and one that receives: a server under an alarm
 * stops reading from publishers, and whoever subscribes must not wait for that.
 */
final class PubSubParts {
    private final TopicExchange exchange;
    private final InstanceThreads threads;
    private final Link publishing;
    private final Link receiving;
    private final Publisher publisher;
    private final ScheduledThreadPoolExecutor timer;
    final TopicCounters counters;
    final Subscriptions subscriptions;
    final Feed feed;
    final Production production;
    final IdleWatch idleWatch;

    PubSubParts(Connector connector, TopicExchange exchange, PubSubConfig config, InstanceThreads threads) {
        this.exchange = exchange;
        this.threads = threads;
        this.counters = new TopicCounters(config.countedTopics());
        this.subscriptions = new Subscriptions(counters);
        this.timer = new ScheduledThreadPoolExecutor(1, threads.factory("timer"));
        timer.setRemoveOnCancelPolicy(true);
        this.idleWatch = new IdleWatch(timer);
        this.receiving = new Link(connector, threads, "receiving");
        this.feed = new Feed(receiving, exchange, subscriptions, threads);
        this.publishing = new Link(connector, threads, "publishing");
        this.publisher = new Publisher(publishing, exchange.name(), exchange::declare, new Ledger(), threads);
        this.production = new Production(
                publisher,
                "exchange '" + exchange.name() + "' on RabbitMQ at " + connector.address(),
                config.timeout());
    }

    /** Ends connections and threads. The production must have been closed before. */
    void close() {
        publisher.stop();
        feed.stop();
        timer.shutdownNow();
        Farewell.take("publish/subscribe broker '" + exchange.name() + "'", threads, publishing, receiving);
    }
}
