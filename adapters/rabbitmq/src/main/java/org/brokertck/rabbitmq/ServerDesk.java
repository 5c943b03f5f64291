package org.brokertck.rabbitmq;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.brokertck.api.BrokerException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * Where questions to the server are asked one after another, on one channel and one thread: so that looking at the dead
 * letters, moving them and counting them never overlap, and so that the caller can be interrupted, which the client
 * library does not allow.
 */
final class ServerDesk {
    /** A question. It runs on the desk's thread. */
    interface Question<T> {
        T ask(Channel channel) throws IOException, InterruptedException;
    }

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Link link;
    private final Duration answerTimeout;
    private final ExecutorService executor;
    private @Nullable Channel current;

    ServerDesk(Link link, Duration answerTimeout, QueueThreads threads) {
        this.link = link;
        this.answerTimeout = answerTimeout;
        this.executor = Executors.newSingleThreadExecutor(threads.factory("desk"));
    }

    /** Asks, and asks again while the connection fails and the time lasts: only for what may be asked twice. */
    <T> T ask(Question<T> question) {
        return ask(question, answerTimeout, Integer.MAX_VALUE);
    }

    /** Asks, and asks again, within a time of its own. */
    <T> T ask(Question<T> question, Duration timeout) {
        return ask(question, timeout, Integer.MAX_VALUE);
    }

    /** Asks once. */
    <T> T askOnce(Question<T> question) {
        return ask(question, answerTimeout, 1);
    }

    /** Ends the thread as soon as a question that runs is answered. */
    void close() {
        executor.shutdownNow();
    }

    private <T> T ask(Question<T> question, Duration timeout, int tries) {
        Future<T> answer;
        try {
            answer = executor.submit(() -> answer(question, Deadline.in(timeout), tries));
        } catch (RejectedExecutionException closed) {
            throw new ClosedException("The queue is closed", closed);
        }
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException("Interrupted while RabbitMQ was asked", e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static BrokerException failure(ExecutionException e) {
        if (e.getCause() instanceof BrokerException broker) {
            return broker;
        }
        if (e.getCause() instanceof InterruptedException) {
            return new ClosedException("The queue was closed while RabbitMQ was asked", e);
        }
        throw new IllegalStateException("A question to RabbitMQ failed", e.getCause());
    }

    private <T> T answer(Question<T> question, Deadline deadline, int tries) throws InterruptedException {
        for (int left = tries; ; left--) {
            try {
                return question.ask(channel(deadline));
            } catch (BrokerException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                giveUpChannel();
                if (left <= 1 || deadline.passed()) {
                    throw link.unavailable(e);
                }
                Thread.sleep(PAUSE.toMillis());
            }
        }
    }

    private Channel channel(Deadline deadline) throws IOException, InterruptedException {
        Channel channel = current;
        if (channel == null || !channel.isOpen()) {
            channel = link.await(deadline)
                    .openChannel()
                    .orElseThrow(() -> new IOException("the server allows no more channels on the connection"));
            current = channel;
        }
        return channel;
    }

    /** What the channel holds unacknowledged must not stay with it. */
    private void giveUpChannel() {
        Channel channel = current;
        current = null;
        if (channel != null) {
            try {
                channel.abort();
            } catch (IOException | RuntimeException alreadyGone) {
                // Gone is all that it should be.
            }
        }
    }
}
