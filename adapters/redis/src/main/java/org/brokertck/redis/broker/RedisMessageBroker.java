package org.brokertck.redis.broker;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.redis.connection.Caller;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Failures;
import org.brokertck.redis.connection.Lifecycle;
import org.brokertck.redis.connection.MessageCodec;
import org.brokertck.redis.connection.Opening;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.SizeLimits;
import org.brokertck.redis.connection.Wire;
import org.brokertck.redis.worker.Closing;
import org.brokertck.redis.worker.Crew;
import org.brokertck.redis.worker.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open message broker. It has a connection over which it produces, and one for each subscription. */
public final class RedisMessageBroker implements MessageBroker {
    private static final Logger LOG = LoggerFactory.getLogger(RedisMessageBroker.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final BrokerParts parts;
    private final Crew<RedisSubscription> subscriptions;
    private final Producer producer;
    private final LeaseKeeper keeper;
    private final HealthLook health;
    private final Closing closing;

    private RedisMessageBroker(BrokerParts parts) {
        this.parts = parts;
        this.subscriptions = new Crew<>(parts.lifecycle(), parts.failures());
        this.producer = new Producer(parts);
        this.keeper = new LeaseKeeper(parts, subscriptions);
        this.health = new HealthLook(parts, producer, keeper, subscriptions);
        this.closing = new Closing(parts.threadName("closer"), this::beginClosing, this::end);
    }

    /**
     * Opens a broker.
     *
     * @throws org.brokertck.api.BrokerUnavailableException when there is no connection; then nothing is left of it
     */
    public static RedisMessageBroker open(String name, BrokerConfig config, RedisAddress address) {
        String threadName = "brokertck-redis-" + name;
        String instance = UUID.randomUUID().toString();
        BrokerServer server = new BrokerServer(new BrokerKeys(name), instance);
        BrokerParts parts = new BrokerParts(
                name,
                instance,
                config,
                address,
                server,
                new Lifecycle("Broker '" + name + "'"),
                new Failures(address),
                Timers.open(threadName + "-timer"),
                Timers.open(threadName + "-keeper"),
                new FencedLine(address, threadName + "-link", server),
                new BrokerErrors(),
                new AtomicLong());
        RedisMessageBroker broker = new RedisMessageBroker(parts);
        new Opening(parts.failures(), "open " + broker.describe()).run(broker::connect, broker::close);
        return broker;
    }

    private void connect() throws InterruptedException {
        Object unused = parts.line().connected(patience());
        keeper.start();
    }

    /** Deletes what is left of all instances of the name. */
    public static void remove(String name, Caller link, Duration timeout) {
        new BrokerServer(new BrokerKeys(name), "").removeAll(link, timeout);
    }

    private Deadline patience() {
        Duration least = Producer.LEAST_FOR_SERVER;
        Duration configured = parts.config().produceTimeout();
        return Deadline.in(configured.compareTo(least) < 0 ? least : configured);
    }

    @Override
    public String name() {
        return parts.name();
    }

    @Override
    public void produce(String topic, Message message) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(message, "message");
        parts.lifecycle().requireOpen();
        byte[] headers = SizeLimits.requireFits("topic '" + topic + "'", message.payloadSize(), message.headers());
        Message fresh = message.retries() == 0
                ? message
                : message.toBuilder().retries(0).build();
        producer.produce(topic, MessageCodec.encode(topic, fresh, headers));
    }

    @Override
    public TopicSubscription subscribe(String topic, MessageHandler handler) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(handler, "handler");
        parts.lifecycle().requireOpen();
        RedisSubscription subscription = new RedisSubscription(parts, topic, handler, subscriptions);
        subscriptions.start(subscription, patience(), "subscribe to '" + topic + "'", "nothing is subscribed");
        return subscription;
    }

    @Override
    public HealthStatus health() {
        return health.look();
    }

    @Override
    public void close() {
        subscriptions.close(closing, describe());
    }

    private void beginClosing() {
        parts.lifecycle().beginClosing();
        subscriptions.beginClosing();
    }

    private void end() {
        try {
            subscriptions.awaitEnd();
            Wire wire = parts.line().ifConnected();
            if (wire != null) {
                parts.server().forgetEpoch(wire, LAST_WORDS);
            }
        } catch (RedisFailure e) {
            LOG.debug("Broker {} could not sign off ({}); what is left ends by itself", parts.name(), e.text());
        } finally {
            parts.line().close();
            Timers.stop(parts.keeper(), LAST_WORDS);
            Timers.stop(parts.timer(), LAST_WORDS);
        }
    }

    /** Whether the closing has begun. */
    public boolean isClosed() {
        return parts.lifecycle().isClosing();
    }

    private String describe() {
        return "broker '" + parts.name() + "'";
    }
}
