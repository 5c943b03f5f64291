package org.brokertck.cli.unsafe;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.jspecify.annotations.Nullable;

/** Handles what the client library delivers, on the library's thread, and acknowledges it afterwards. */
final class NaiveRabbitMqConsumer extends DefaultConsumer implements Consumer {
    private final NaiveRabbitMqQueue queue;
    private final MessageHandler handler;
    private final ReentrantLock busy = new ReentrantLock();
    private volatile @Nullable Thread handling;
    private volatile boolean closing;
    private volatile boolean abandoned;

    NaiveRabbitMqConsumer(NaiveRabbitMqQueue queue, Channel channel, MessageHandler handler) {
        super(channel);
        this.queue = queue;
        this.handler = handler;
    }

    @Override
    public void handleDelivery(String consumerTag, Envelope envelope, BasicProperties properties, byte[] body) {
        busy.lock();
        try {
            if (!closing) {
                handling = Thread.currentThread();
                Message message = NaiveEnvelope.message(body);
                Throwable failure = queue.counters().attempt(handler, message);
                if (!abandoned) {
                    settle(envelope.getDeliveryTag(), message, failure);
                }
            }
        } finally {
            handling = null;
            if (closing) {
                closeChannel();
            }
            busy.unlock();
        }
    }

    /**
     * Waits for the running handler, unless it is the one that calls, until the drain timeout is over. What is not acknowledged
     * goes back to the queue.
     */
    @Override
    public void close() {
        closing = true;
        Thread running = handling;
        if (running == Thread.currentThread()) {
            return;
        }
        if (!isEnded()) {
            abandoned = true;
            if (running != null) {
                running.interrupt();
            }
        }
        closeChannel();
    }

    private boolean isEnded() {
        try {
            boolean ended = busy.tryLock(queue.drainTimeout().toNanos(), TimeUnit.NANOSECONDS);
            if (ended) {
                busy.unlock();
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void settle(long tag, Message message, @Nullable Throwable failure) {
        try {
            if (failure != null && queue.has(RabbitMqHabit.REQUEUE)) {
                getChannel().basicNack(tag, false, true);
                return;
            }
            if (failure != null) {
                queue.handOn(message, failure);
            }
            if (!queue.has(RabbitMqHabit.AUTO_ACK)) {
                getChannel().basicAck(tag, false);
            }
        } catch (IOException | TimeoutException | RuntimeException e) {
            // The connection is gone: the server hands the message out again.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeChannel() {
        try {
            getChannel().close();
        } catch (IOException | TimeoutException | RuntimeException e) {
            // It is closed, or its connection is.
        }
    }
}
