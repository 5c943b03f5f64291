package org.brokertck.reference.multibroker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.reference.time.TimeSource;

/** One topic of one broker: its subscribers, under one lock, so that a message is given to all of them or to none. */
final class TopicLine {
    private final String broker;
    private final String topic;
    private final BrokerConfig config;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final List<TopicSubscriber> subscribers = new ArrayList<>();
    /** Those that have left, as long as their threads live: the broker's close waits for them too. */
    private final List<TopicSubscriber> leaving = new ArrayList<>();

    private boolean closed;

    TopicLine(String broker, String topic, BrokerConfig config, TimeSource time) {
        this.broker = broker;
        this.topic = topic;
        this.config = config;
        this.time = time;
    }

    static ClosedException closed(String broker) {
        return new ClosedException("Broker '" + broker + "' is closed: open a new one");
    }

    String topic() {
        return topic;
    }

    ReentrantLock lock() {
        return lock;
    }

    TimeSource time() {
        return time;
    }

    /** Adds a subscriber and starts it; false when the broker was closed meanwhile. */
    boolean join(TopicSubscriber subscriber) {
        lock.lock();
        try {
            if (!closed) {
                leaving.removeIf(it -> !it.isAlive());
                subscribers.add(subscriber);
                subscriber.start();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Removes a subscriber; under the lock. */
    void leave(TopicSubscriber subscriber) {
        if (subscribers.remove(subscriber)) {
            leaving.add(subscriber);
            room.signalAll();
        }
    }

    /** A subscriber has taken a message from a full line; under the lock. */
    void roomCame() {
        room.signalAll();
    }

    void put(Message message) {
        lock.lock();
        try {
            awaitRoom();
            subscribers.forEach(it -> it.add(message));
        } finally {
            lock.unlock();
        }
    }

    private void awaitRoom() {
        boolean inTime = true;
        long deadline =
                hasRoom() ? 0 : time.nanoTime() + config.produceTimeout().toNanos();
        try {
            while (inTime && !hasRoom()) {
                inTime = time.awaitUntil(lock, room, deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while waiting for room on topic '" + topic
                    + "' of broker '" + broker + "': the message was not taken");
        }
        if (closed) {
            throw closed(broker);
        }
        if (!hasRoom()) {
            throw new QueueFullException("A subscriber to topic '" + topic + "' of broker '" + broker + "' has "
                    + config.capacity() + " messages waiting, and handled none within " + config.produceTimeout()
                    + ": handle faster, or raise capacity or produceTimeout");
        }
    }

    private boolean hasRoom() {
        return closed || subscribers.stream().noneMatch(this::isFull);
    }

    boolean isFull(TopicSubscriber subscriber) {
        return subscriber.waiting() >= config.capacity();
    }

    boolean isFull() {
        lock.lock();
        try {
            return !hasRoom();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return subscribers.size();
        } finally {
            lock.unlock();
        }
    }

    /** Begins the end of all subscribers, and sends waiting producers away; gives back those whose threads may still live. */
    List<TopicSubscriber> close() {
        lock.lock();
        try {
            closed = true;
            List.copyOf(subscribers).forEach(TopicSubscriber::begin);
            room.signalAll();
            return List.copyOf(leaving);
        } finally {
            lock.unlock();
        }
    }
}
