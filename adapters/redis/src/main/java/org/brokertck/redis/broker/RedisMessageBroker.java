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
import org.brokertck.redis.connection.Patience;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.RedisFailure.Kind;
import org.brokertck.redis.connection.SizeLimits;
import org.brokertck.redis.connection.Wire;
import org.brokertck.redis.worker.Closing;
import org.brokertck.redis.worker.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open message broker. It has a connection over which it produces, and one for each subscription. */
public final class RedisMessageBroker implements MessageBroker {
    private static final Logger LOG = LoggerFactory.getLogger(RedisMessageBroker.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final BrokerParts parts;
    private final Subscriptions subscriptions = new Subscriptions();
    private final Producer producer;
    private final LeaseKeeper keeper;
    private final HealthLook health;
    private final Closing closing;

    private RedisMessageBroker(BrokerParts parts) {
        this.parts = parts;
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
        String asked = "open broker '" + name + "'";
        boolean opened = false;
        try {
            Object unused = parts.line().connected(patience(config));
            broker.keeper.start();
            opened = true;
            return broker;
        } catch (RedisFailure e) {
            throw Thread.interrupted()
                    ? parts.failures().interrupted(asked, "nothing is open")
                    : parts.failures().unavailable(e, asked);
        } catch (InterruptedException e) {
            throw parts.failures().interrupted(asked, "nothing is open");
        } finally {
            if (!opened) {
                broker.close();
            }
        }
    }

    /** Deletes what is left of all instances of the name. */
    public static void remove(String name, Caller link, Duration timeout) {
        new BrokerServer(new BrokerKeys(name), "").removeAll(link, timeout);
    }

    private static Deadline patience(BrokerConfig config) {
        Duration least = Producer.LEAST_FOR_SERVER;
        return Deadline.in(config.produceTimeout().compareTo(least) < 0 ? least : config.produceTimeout());
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
        String asked = "subscribe to '" + topic + "'";
        RedisSubscription subscription = new RedisSubscription(parts, topic, handler, subscriptions);
        subscriptions.add(subscription);
        boolean started = false;
        try {
            start(subscription, asked);
            // Whoever closes may have looked for subscriptions before this one was there.
            parts.lifecycle().requireOpen();
            started = true;
            return subscription;
        } catch (InterruptedException e) {
            throw parts.failures().interrupted(asked, "nothing is subscribed");
        } finally {
            if (!started) {
                subscription.giveUp();
            }
        }
    }

    private void start(RedisSubscription subscription, String asked) throws InterruptedException {
        Deadline deadline = patience(parts.config());
        Patience patience = new Patience();
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                subscription.start(deadline);
                return;
            } catch (RedisFailure e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                parts.lifecycle().requireOpen();
                Duration pause = patience.next();
                boolean again = e.kind() == Kind.NOT_SENT || e.isPassing();
                if (!again || deadline.left().compareTo(pause) <= 0) {
                    throw parts.failures().of(e, asked);
                }
                boolean unused = parts.lifecycle().pause(pause);
            }
        }
    }

    @Override
    public HealthStatus health() {
        return health.look();
    }

    @Override
    public void close() {
        boolean inside = subscriptions.isHandlerThread();
        closing.begin();
        try {
            if (!inside) {
                closing.await();
            }
        } catch (InterruptedException e) {
            subscriptions.cutOff();
            throw parts.failures().interrupted("close broker '" + parts.name() + "'", "it is closed all the same");
        }
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
}
