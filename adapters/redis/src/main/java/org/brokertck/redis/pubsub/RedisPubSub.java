package org.brokertck.redis.pubsub;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.brokertck.adapter.pubsub.BufferedSubscription;
import org.brokertck.adapter.pubsub.IdleWatch;
import org.brokertck.adapter.pubsub.TopicCounters;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.EndReason;
import org.brokertck.api.pubsub.PubSubBroker;
import org.brokertck.api.pubsub.PubSubConfig;
import org.brokertck.api.pubsub.PubSubMetrics;
import org.brokertck.api.pubsub.Subscription;
import org.brokertck.api.pubsub.TopicPattern;
import org.brokertck.redis.connection.Deadline;
import org.brokertck.redis.connection.Failures;
import org.brokertck.redis.connection.Lifecycle;
import org.brokertck.redis.connection.MessageCodec;
import org.brokertck.redis.connection.Opening;
import org.brokertck.redis.connection.RedisAddress;
import org.brokertck.redis.connection.RedisFailure;
import org.brokertck.redis.connection.SizeLimits;

/**
 * One open publish/subscribe broker, with two connections: one on which it publishes, and one on which it hears. Nothing is kept on
 * the server.
 */
public final class RedisPubSub implements PubSubBroker {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final String name;
    private final PubSubConfig config;
    private final Lifecycle lifecycle;
    private final Failures failures;
    private final TopicCounters counters;
    private final ScheduledThreadPoolExecutor timer;
    private final IdleWatch idleWatch;
    private final Feed feed;
    private final Publisher publisher;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile int lastSubscriptions;

    private RedisPubSub(String name, PubSubConfig config, RedisAddress address) {
        String threadName = "brokertck-redis-" + name;
        Channels channels = new Channels(name);
        this.name = name;
        this.config = config;
        this.lifecycle = new Lifecycle("Publish/subscribe broker '" + name + "'");
        this.failures = new Failures(address);
        this.counters = new TopicCounters(config.countedTopics());
        this.timer = timer(threadName);
        this.idleWatch = new IdleWatch(timer);
        this.feed = new Feed(address, threadName + "-feed", channels, counters, lifecycle, timer);
        this.publisher = new Publisher(address, threadName + "-publisher", channels, config, lifecycle, failures);
    }

    /**
     * Opens a broker.
     *
     * @throws org.brokertck.api.BrokerUnavailableException when there is no connection; then nothing is left of it
     */
    public static RedisPubSub open(String name, PubSubConfig config, RedisAddress address) {
        RedisPubSub broker = new RedisPubSub(name, config, address);
        new Opening(broker.failures, "open publish/subscribe broker '" + name + "'")
                .run(() -> broker.feed.open(Deadline.in(config.timeout())), broker::close);
        return broker;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Subscription subscribe(String topic) {
        return subscribed(TopicPattern.of(TopicPattern.requireTopic(topic)));
    }

    @Override
    public Subscription subscribeWithPattern(String pattern) {
        return subscribed(TopicPattern.of(pattern));
    }

    private Subscription subscribed(TopicPattern pattern) {
        lifecycle.requireOpen();
        String asked = "subscribe to '" + pattern + "'";
        BufferedSubscription subscription = new BufferedSubscription(pattern, config, feed::remove);
        try {
            feed.add(subscription, Deadline.in(config.timeout()));
        } catch (RedisFailure e) {
            lifecycle.requireOpen();
            throw failures.unavailable(e, asked);
        } catch (InterruptedException e) {
            throw failures.interrupted(asked, "nothing is subscribed");
        }
        idleWatch.watch(subscription);
        if (lifecycle.isClosing()) {
            // The closing may have looked for subscriptions before this one was there.
            end(subscription, EndReason.BROKER_CLOSED);
        }
        return subscription;
    }

    @Override
    public void publish(String topic, Message message) {
        TopicPattern.requireTopic(topic);
        Objects.requireNonNull(message, "message");
        lifecycle.requireOpen();
        byte[] headers = SizeLimits.requireFits("topic '" + topic + "'", message.payloadSize(), message.headers());
        publisher.publish(topic, MessageCodec.encode(topic, message, headers));
        counters.of(topic).published();
    }

    @Override
    public void unsubscribe(String topic) {
        TopicPattern pattern = TopicPattern.of(topic);
        lifecycle.requireOpen();
        feed.subscriptions(pattern.text()).forEach(it -> end(it, EndReason.UNSUBSCRIBED));
    }

    @Override
    public PubSubMetrics metrics() {
        return counters.sample(lifecycle.isClosing() ? lastSubscriptions : feed.count());
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            lifecycle.beginClosing();
            try {
                feed.subscriptions(null).forEach(it -> end(it, EndReason.BROKER_CLOSED));
                publisher.close();
                feed.close();
                stopTimer();
            } finally {
                closed.countDown();
            }
        }
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw failures.interrupted("close publish/subscribe broker '" + name + "'", "it is closed all the same");
        }
    }

    /** Whether the closing has begun. */
    public boolean isClosed() {
        return lifecycle.isClosing();
    }

    private void end(BufferedSubscription subscription, EndReason reason) {
        feed.remove(subscription);
        boolean unused = subscription.end(reason);
    }

    private void stopTimer() {
        timer.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            boolean unused = timer.awaitTermination(GRACE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ScheduledThreadPoolExecutor timer(String threadName) {
        AtomicInteger numbers = new AtomicInteger();
        // The second thread looks for idlers in time while the first waits for a silent server.
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(2, task -> {
            Thread thread = new Thread(task, threadName + "-timer-" + numbers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
