package org.brokertck.tck.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.Attempt.Result;
import org.brokertck.tck.history.ConsumerSpan;
import org.brokertck.tck.history.Histories;
import org.brokertck.tck.history.MetricsSample;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.ProduceCall;
import org.brokertck.tck.history.QueueHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks stay fast where histories are long: a quadratic one would take many seconds here. */
class LongHistoriesTest {
    private static final int EVENTS = 50_000;

    private static final List<Check<QueueHistory>> ALL = List.of(
            new FirstInFirstOut(),
            new LinearizableHandOff(),
            new OneAtATime(),
            new OneSuccess(),
            new NothingAfterSuccess(),
            new AttemptLimit(),
            new RetriesCounted(),
            BackoffBounds.notTooSoon(),
            BackoffBounds.notTooLate(Duration.ofSeconds(1)),
            new DeadLetterOrder(),
            new DeadLettersTell(),
            new CapacityKept(),
            new MetricsConsistent(),
            new MetricsExact(),
            new DuplicatesBounded(0),
            new NoLoss(),
            new NoInvention(),
            new GoneForGood(),
            new ClosedRefuses());

    /** At time i message i is produced, attempted and counted. */
    private static QueueHistory manyMessages() {
        List<ProduceCall> produces = IntStream.range(0, EVENTS)
                .mapToObj(i -> new ProduceCall("p", Histories.message("m" + i), i, i, Outcome.OK, ""))
                .toList();
        List<Attempt> attempts = IntStream.range(0, EVENTS)
                .mapToObj(i ->
                        new Attempt("c", Histories.message("m" + i), Math.max(0, i - 1), i, i, Result.SUCCEEDED, ""))
                .toList();
        List<MetricsSample> samples = LongStream.range(0, EVENTS)
                .mapToObj(i -> new MetricsSample(i, i, new QueueMetrics(i + 1, i + 1, 0, 0, 0)))
                .toList();
        return new QueueHistory(
                QueueConfig.defaults(),
                produces,
                attempts,
                List.of(new ConsumerSpan("c", 0, Long.MAX_VALUE, Long.MAX_VALUE)),
                samples,
                List.of(),
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                true);
    }

    /** One message is attempted over and over. */
    private static QueueHistory manyAttempts() {
        Message message = Histories.message("a").toBuilder().maxRetries(EVENTS).build();
        List<Attempt> attempts = IntStream.range(0, EVENTS)
                .mapToObj(i -> new Attempt("c", message.withRetries(i), i, i, i, Result.FAILED, Histories.FAILURE))
                .toList();
        return new QueueHistory(
                QueueConfig.builder().backoff(Backoff.fixed(Duration.ZERO)).build(),
                List.of(new ProduceCall("p", message, 0, 0, Outcome.OK, "")),
                attempts,
                List.of(new ConsumerSpan("c", 0, Long.MAX_VALUE, Long.MAX_VALUE)),
                List.of(),
                List.of(),
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                false);
    }

    @Test
    @Timeout(20)
    void ofManyMessages() {
        QueueHistory history = manyMessages();
        assertThat(ALL).allSatisfy(it -> assertThat(it.judge(history)).isEqualTo(Verdict.valid()));
    }

    @Test
    @Timeout(20)
    void ofManyAttemptsAtOneMessage() {
        QueueHistory history = manyAttempts();
        assertThat(ALL).allSatisfy(it -> assertThat(it.judge(history)).isNotNull());
        assertThat(new RetriesCounted().judge(history)).isEqualTo(Verdict.valid());
        assertThat(new NothingAfterSuccess().judge(history)).isEqualTo(Verdict.valid());
    }
}
