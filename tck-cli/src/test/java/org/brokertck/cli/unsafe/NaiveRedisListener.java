package org.brokertck.cli.unsafe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.adapter.pubsub.BufferedSubscription;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.TopicPattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A thread that hears for one subscription over a connection of its own, and makes a new one when that is lost. */
final class NaiveRedisListener {
    static final Charset CHARSET = UTF_8;

    private static final Duration BREATH = Duration.ofMillis(20);

    private final NaiveRedisPubSub broker;
    private final BufferedSubscription subscription;
    private final CountDownLatch confirmed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "naive-redis-listener");
    private volatile @Nullable Jedis connection;

    NaiveRedisListener(NaiveRedisPubSub broker, BufferedSubscription subscription) {
        this.broker = broker;
        this.subscription = subscription;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isConfirmedWithin(Duration time) {
        try {
            return confirmed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The subscription has ended. */
    void stop() {
        Jedis open = connection;
        if (open != null) {
            open.disconnect();
        }
    }

    private void run() {
        while (subscription.endReason().isEmpty()) {
            try (Jedis jedis = broker.connect()) {
                connection = jedis;
                jedis.psubscribe(new Heard(), glob().getBytes(CHARSET));
            } catch (JedisException e) {
                LockSupport.parkNanos(BREATH.toNanos());
            }
        }
    }

    private String glob() {
        if (broker.has(RedisPubSubHabit.GLOBS)) {
            return broker.channel(subscription.pattern().replace('#', '*'));
        }
        // More than is wanted: what matches is decided here.
        List<String> words = subscription.topicPattern().words();
        List<String> literal = words.stream()
                .takeWhile(it -> !it.equals("*") && !it.equals("#"))
                .toList();
        return broker.channel(String.join(".", literal)).replaceAll("[\\\\\\[\\]?*]", "\\\\$0") + "*";
    }

    private final class Heard extends BinaryJedisPubSub {
        @Override
        public void onPSubscribe(byte[] glob, int subscribed) {
            boolean again = confirmed.getCount() == 0;
            if (again && !broker.has(RedisPubSubHabit.SILENT_RECONNECT)) {
                subscription.gap();
            }
            confirmed.countDown();
        }

        @Override
        public void onPMessage(byte[] glob, byte[] channel, byte[] bytes) {
            Message message = NaiveEnvelope.message(bytes);
            TopicPattern pattern = subscription.topicPattern();
            if (broker.has(RedisPubSubHabit.GLOBS) || pattern.matches(message.topic())) {
                subscription.offer(message, broker.counter(message.topic()));
            }
        }
    }
}
