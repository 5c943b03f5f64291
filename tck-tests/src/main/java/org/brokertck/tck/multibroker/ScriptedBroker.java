package org.brokertck.tck.multibroker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.MessageBroker;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Rest;
import org.jspecify.annotations.Nullable;

/**
 * A broker in memory that does what a test asks of it, and remembers what was asked of it. What it takes it hands to its subscribers,
 * on a thread of its own.
 */
final class ScriptedBroker implements MessageBroker {
    private final String name;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final List<String> attempts = new CopyOnWriteArrayList<>();
    private final List<Message> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();
    private final LinkedBlockingQueue<Runnable> deliveries = new LinkedBlockingQueue<>();
    private final Thread deliverer;
    /** Held while a message is handed over: whoever closes waits for that, as rule G-2 asks of every broker. */
    private final ReentrantLock handing = new ReentrantLock();

    /** What each kind of call does before it does its work. */
    final Script produces = new Script();

    /** See {@link #produces}. */
    final Script health = new Script();

    /** See {@link #produces}. */
    final Script subscribes = new Script();

    /** See {@link #produces}; the close of each subscription. */
    final Script unsubscribes = new Script();

    /** See {@link #produces}. */
    final Script closing = new Script();

    private volatile Health state = Health.HEALTHY;
    private volatile long errors;
    private volatile @Nullable Thread looker;
    private volatile @Nullable Thread subscriber;
    private volatile boolean closed;
    private volatile boolean over;

    ScriptedBroker(String name) {
        this.name = name;
        this.deliverer = new Thread(this::deliver, Bounded.THREAD_PREFIX + "broker-" + name);
        deliverer.setDaemon(true);
        deliverer.start();
    }

    @Override
    public String name() {
        return name;
    }

    /** Whoever looks from now on finds this. */
    void is(Health found) {
        state = found;
    }

    /** From now on it counts so many errors. */
    void counts(long found) {
        errors = found;
    }

    /** Its server is gone: every call fails, and it is unhealthy. */
    void down() {
        BrokerUnavailableException gone = new BrokerUnavailableException("the server of '" + name + "' is gone");
        produces.fails(gone);
        subscribes.fails(gone);
        state = Health.UNHEALTHY;
    }

    /** Its server is back. */
    void up() {
        produces.works();
        subscribes.works();
        state = Health.HEALTHY;
    }

    @Override
    public void produce(String topic, Message message) {
        attempts.add(message.id());
        produces.play(() -> take(topic, message));
    }

    private void take(String topic, Message message) {
        if (closed) {
            throw new ClosedException("Broker '" + name + "' is closed");
        }
        taken.add(message.toBuilder().topic(topic).build());
        Message arriving = message.toBuilder().topic(topic).retries(0).build();
        lines.stream().filter(it -> it.topic.equals(topic)).forEach(it -> deliveries.add(() -> it.hand(arriving)));
    }

    @Override
    public TopicSubscription subscribe(String topic, MessageHandler handler) {
        subscriber = Thread.currentThread();
        Line line = new Line(topic, handler);
        subscribes.play(() -> {
            if (closed) {
                throw new ClosedException("Broker '" + name + "' is closed");
            }
            lines.add(line);
        });
        return line;
    }

    @Override
    public HealthStatus health() {
        looker = Thread.currentThread();
        looks.incrementAndGet();
        Health found = closed ? Health.UNHEALTHY : state;
        // It may take its time to tell what it has found.
        health.play(() -> {});
        return new HealthStatus(found, Duration.ofNanos(1), errors, Instant.EPOCH, Map.of("told-by", name));
    }

    @Override
    public void close() {
        closes.incrementAndGet();
        closed = true;
        lines.clear();
        awaitHandedOver();
        closing.play(() -> {});
    }

    /**
     * Whether nobody is at work on what followed from a look at its health, or from a subscription: whoever looked or subscribed last has
     * nothing to do, or waits for something.
     */
    boolean isCalm() {
        return isAtRest(looker) && isAtRest(subscriber);
    }

    private static boolean isAtRest(@Nullable Thread caller) {
        return caller == null || caller == Thread.currentThread() || Rest.of(caller);
    }

    /** The ids of all messages that it was to take, whether it did or not. */
    List<String> attempts() {
        return List.copyOf(attempts);
    }

    /** The ids of the messages that it took. */
    List<String> taken() {
        return taken.stream().map(Message::id).toList();
    }

    /** How often its health was looked at. */
    int looks() {
        return looks.get();
    }

    /** How often it was closed. */
    int closes() {
        return closes.get();
    }

    /** How many subscriptions to a topic it has now. */
    long subscriptions(String topic) {
        return lines.stream().filter(it -> it.topic.equals(topic)).count();
    }

    /** Lets go of everything that hangs, and ends its thread: when the test is over. */
    void endTest() {
        over = true;
        List.of(produces, health, subscribes, unsubscribes, closing).forEach(Script::works);
        deliverer.interrupt();
    }

    /** A handler that closes its own broker does not wait for itself; an interrupt ends the wait. */
    private void awaitHandedOver() {
        try {
            handing.lockInterruptibly();
            handing.unlock();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver() {
        while (!over) {
            try {
                deliveries.take().run();
            } catch (InterruptedException e) {
                // This is the end, or a handler left its flag behind.
            }
        }
    }

    /** One subscription. */
    private final class Line implements TopicSubscription {
        private final String topic;
        private final MessageHandler handler;

        private Line(String topic, MessageHandler handler) {
            this.topic = topic;
            this.handler = handler;
        }

        private void hand(Message message) {
            handing.lock();
            try {
                if (lines.contains(this)) {
                    handler.handle(message);
                }
            } catch (Throwable failure) {
                // It has had its message.
            } finally {
                handing.unlock();
            }
        }

        @Override
        public String topic() {
            return topic;
        }

        @Override
        public void close() {
            unsubscribes.play(() -> {
                lines.remove(this);
                awaitHandedOver();
            });
        }
    }
}
