package org.brokertck.tck.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.brokertck.api.OperationTimeoutException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.tck.history.Attempt.Result;
import org.junit.jupiter.api.Test;

/** What happens to a queue is recorded, and nothing is added or hidden. */
class RecordedQueueTest {
    private final StubQueue stub = new StubQueue();
    private final RecordedQueue queue = new RecordedQueue(stub, QueueConfig.defaults());
    private final Message message = Histories.message("a");

    private QueueHistory history() {
        return queue.history(List.of());
    }

    private void deliver(Message delivered) {
        try {
            stub.deliver(delivered);
        } catch (Exception failure) {
            // As a broker takes it.
        }
    }

    @Test
    void aProduceThatReturned() {
        queue.produce("p", message);
        assertThat(history().produces()).singleElement().satisfies(it -> {
            assertThat(it.outcome()).isEqualTo(Outcome.OK);
            assertThat(it.producer()).isEqualTo("p");
            assertThat(it.message()).isEqualTo(message);
            assertThat(it.returned()).isGreaterThanOrEqualTo(it.invoked());
        });
    }

    @Test
    void aProduceThatWasRefused() {
        QueueFullException full = new QueueFullException("full");
        stub.onProduce(it -> {
            throw full;
        });
        assertThatExceptionOfType(QueueFullException.class)
                .isThrownBy(() -> queue.produce("p", message))
                .isSameAs(full);
        assertThat(history().produces())
                .extracting(ProduceCall::outcome, ProduceCall::detail)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        Outcome.REFUSED, QueueFullException.class.getName() + ": full"));
    }

    @Test
    void aProduceWhoseOutcomeIsUnknown() {
        stub.onProduce(it -> {
            throw new OperationTimeoutException("no answer");
        });
        assertThatExceptionOfType(OperationTimeoutException.class).isThrownBy(() -> queue.produce("p", message));
        assertThat(history().produces()).extracting(ProduceCall::outcome).containsExactly(Outcome.UNKNOWN);
    }

    @Test
    void aProduceUnderWay() {
        stub.onProduce(it -> assertThat(history().produces())
                .extracting(ProduceCall::outcome, ProduceCall::returned)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Outcome.PENDING, Long.MAX_VALUE)));
        queue.produce("p", message);
        assertThat(history().produces()).hasSize(1);
    }

    @Test
    void attemptsOfAConsumer() {
        queue.consume(it -> {
            assertThat(history().attempts()).last().extracting(Attempt::result).isEqualTo(Result.RUNNING);
            if (it.retries() == 0) {
                throw new IOException("first");
            }
        });
        deliver(message);
        deliver(message.withRetries(1));
        List<Attempt> attempts = history().attempts();
        assertThat(attempts).extracting(Attempt::result).containsExactly(Result.FAILED, Result.SUCCEEDED);
        assertThat(attempts).extracting(Attempt::consumer).containsOnly("consumer-1");
        assertThat(attempts.get(0).failure()).isEqualTo("java.io.IOException: first");
        assertThat(attempts.get(0).freeSince())
                .isEqualTo(history().consumers().get(0).opened());
        assertThat(attempts.get(1).freeSince()).isEqualTo(attempts.get(0).ended());
        assertThat(queue.attempts()).isEqualTo(2);
    }

    @Test
    void whatAHandlerThrowsReachesTheBroker() {
        AssertionError error = new AssertionError();
        queue.consume(it -> {
            throw error;
        });
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> stub.deliver(message))
                .isSameAs(error);
        assertThat(history().attempts()).extracting(Attempt::failure).containsExactly("java.lang.AssertionError: ");
    }

    @Test
    void consumersComeAndGo() {
        queue.consume(it -> {});
        queue.consume(it -> {}).close();
        assertThat(history().consumers())
                .extracting(ConsumerSpan::consumer)
                .containsExactlyInAnyOrder("consumer-1", "consumer-2");
        assertThat(history().consumers())
                .filteredOn(it -> it.consumer().equals("consumer-2"))
                .allSatisfy(it -> assertThat(it.closed()).isBetween(it.closing(), Long.MAX_VALUE - 1));
    }

    @Test
    void theFirstCloseCounts() {
        assertThat(history().closed()).isEqualTo(Long.MAX_VALUE);
        queue.close();
        QueueHistory once = history();
        queue.close();
        assertThat(history().closing()).isEqualTo(once.closing()).isLessThanOrEqualTo(once.closed());
        assertThat(history().closed()).isEqualTo(once.closed());
    }

    @Test
    void metricsAreSampled() {
        assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 2, 3, 4, 5));
        assertThat(history().samples()).extracting(MetricsSample::metrics).containsExactly(queue.metrics());
    }

    @Test
    void settledWhenAllThatReturnedSucceeded() {
        queue.consume(it -> assertThat(queue.isSettled()).isFalse());
        assertThat(queue.isSettled()).isTrue();
        queue.produce("p", message);
        assertThat(queue.isSettled()).isFalse();
        deliver(message);
        assertThat(queue.isSettled()).isTrue();
        assertThat(history().settled()).isTrue();
    }

    @Test
    void settledWhenTheLastRetryFailed() {
        Message retried = message.toBuilder().maxRetries(1).build();
        queue.consume(it -> {
            throw new IllegalStateException("always fails");
        });
        queue.produce("p", retried);
        deliver(retried);
        assertThat(queue.isSettled()).isFalse();
        deliver(retried.withRetries(1));
        assertThat(queue.isSettled()).isTrue();
    }

    @Test
    void settledThoughTheAttemptCameBeforeTheProduceReturned() {
        queue.consume(it -> {});
        stub.onProduce(this::deliver);
        queue.produce("p", message);
        assertThat(queue.isSettled()).isTrue();
    }

    @Test
    void aMessageOfUnknownOutcomeThatFailedIsDueAgain() {
        Message retried = message.toBuilder().maxRetries(1).build();
        queue.consume(it -> {
            throw new IllegalStateException("always fails");
        });
        stub.onProduce(it -> {
            throw new OperationTimeoutException("no answer");
        });
        assertThatExceptionOfType(OperationTimeoutException.class).isThrownBy(() -> queue.produce("p", retried));
        assertThat(queue.isSettled()).isTrue();
        deliver(retried);
        assertThat(queue.isSettled()).isFalse();
        deliver(retried.withRetries(1));
        assertThat(queue.isSettled()).isTrue();
    }

    @Test
    void waitingEndsWithTheConditionOrTheLimit() {
        queue.consume(it -> {});
        assertThat(queue.await(() -> queue.attempts() == 1, Duration.ofMillis(5)))
                .isFalse();
        deliver(message);
        assertThat(queue.await(() -> queue.attempts() == 1, Duration.ZERO)).isTrue();
    }

    @Test
    void waitingEndsWithAnInterrupt() {
        Thread.currentThread().interrupt();
        assertThat(queue.await(() -> false, Duration.ofSeconds(30))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
