package org.brokertck.rabbitmq.connection;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.brokertck.api.BrokerException;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * Where questions to the server are asked one after another, on one channel and one thread: so that looking at the dead
 * letters, moving them and counting them never overlap, and so that the caller can be interrupted, which the client
 * library does not allow.
 */
public final class ServerDesk {
    /** A question. It runs on the desk's thread. */
    public interface Question<T> {
        T ask(Channel channel) throws IOException, InterruptedException;
    }

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Link link;
    private final Duration answerTimeout;
    private final ExecutorService executor;
    private @Nullable Channel current;

    public ServerDesk(Link link, Duration answerTimeout, InstanceThreads threads) {
        this.link = link;
        this.answerTimeout = answerTimeout;
        this.executor = Executors.newSingleThreadExecutor(threads.factory("desk"));
    }

    /**
     * Waits for the connection, but not beyond the first failure to connect.
     *
     * @throws BrokerUnavailableException when it is not there
     */
    public void awaitServer() {
        try {
            link.awaitFirstAttempt(Deadline.in(answerTimeout));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Asks, and asks again while the connection fails and the time lasts: only for what may be asked twice. */
    public <T> T ask(Question<T> question) {
        return await(submit(question, answerTimeout, Integer.MAX_VALUE));
    }

    /** Asks once. */
    public <T> T askOnce(Question<T> question) {
        return await(submit(question, answerTimeout, 1));
    }

    /** Asks, and asks again, and waits for no longer than this even when others are asking. */
    public <T> T askWithin(Duration timeout, Question<T> question) {
        Future<T> answer = submit(question, timeout, Integer.MAX_VALUE);
        try {
            answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            answer.cancel(false);
            throw link.unavailable();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
        return await(answer);
    }

    /** Ends the thread as soon as a question that runs is answered. */
    public void close() {
        executor.shutdownNow();
    }

    private <T> Future<T> submit(Question<T> question, Duration timeout, int tries) {
        try {
            return executor.submit(() -> answer(question, Deadline.in(timeout), tries));
        } catch (RejectedExecutionException closed) {
            throw new ClosedException("The instance is closed: open it again", closed);
        }
    }

    private static <T> T await(Future<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static OperationInterruptedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new OperationInterruptedException("Interrupted while RabbitMQ was asked", e);
    }

    private static BrokerException failure(ExecutionException e) {
        if (e.getCause() instanceof BrokerException broker) {
            return broker;
        }
        if (e.getCause() instanceof InterruptedException) {
            return new ClosedException("The instance was closed while RabbitMQ was asked", e);
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
                giveUpChannel(e);
                if (left <= 1 || deadline.passed()) {
                    throw link.unavailable(e);
                }
                link.pause(PAUSE);
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
    private void giveUpChannel(Exception failure) {
        link.dropIfSilent(failure);
        Channel channel = current;
        current = null;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException | TimeoutException | RuntimeException e) {
            link.dropIfSilent(e);
        }
    }
}
