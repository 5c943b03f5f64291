package org.brokertck.reference.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.reference.queue.Messages.message;
import static org.brokertck.reference.queue.Messages.untilConsumed;
import static org.brokertck.reference.queue.Messages.untilFailed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.reference.internal.RetryDelays;
import org.brokertck.reference.time.VirtualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RetryTest {
    private final VirtualClock clock = new VirtualClock();
    private final List<String> attempts = new CopyOnWriteArrayList<>();

    @Test
    void delaysGrowToTheirCapOverHoursToTheNanosecond() {
        Backoff backoff = Backoff.exponential(Duration.ofMinutes(10), 2, Duration.ofHours(1));
        Instant start = clock.now();
        List<Duration> times = new CopyOnWriteArrayList<>();
        try (InMemoryQueue queue = open(backoff)) {
            queue.consume(attempt -> {
                times.add(Duration.between(start, clock.now()));
                throw new IllegalStateException("attempt " + attempt.retries());
            });
            queue.produce(message("m", 4));
            untilFailed(queue, 1);
            for (int k = 0; k < 4; k++) {
                clock.advance(backoff.delayAfter(k).minusNanos(1));
                assertThat(queue.metrics().failed()).isEqualTo(k + 1);
                assertThat(queue.metrics().inFlight()).isZero();
                clock.advance(Duration.ofNanos(1));
                untilFailed(queue, k + 2);
            }
            assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 0, 5, 0, 1));
        }
        assertThat(times)
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(30),
                        Duration.ofMinutes(70),
                        Duration.ofMinutes(130));
    }

    @Test
    void eachAttemptCountsTheFailedOnesBeforeItAndChangesNothingElse() {
        List<Message> seen = new CopyOnWriteArrayList<>();
        Message produced =
                Message.builder().payload(new byte[] {1, 2}).maxRetries(3).build();
        try (InMemoryQueue queue = open(Backoff.fixed(Duration.ZERO))) {
            queue.consume(attempt -> {
                seen.add(attempt);
                if (attempt.retries() < 2) {
                    throw new AssertionError("not yet");
                }
            });
            queue.produce(produced);
            untilConsumed(queue, 1);
            assertThat(queue.metrics()).isEqualTo(new QueueMetrics(1, 1, 2, 0, 0));
        }
        assertThat(seen).containsExactly(produced, produced.withRetries(1), produced.withRetries(2));
    }

    @Test
    void aMessageThatWaitsForItsRetryHoldsUpNoOther() {
        try (InMemoryQueue queue = open(Backoff.fixed(Duration.ofHours(5)))) {
            queue.consume(this::failFirstAttemptAtX);
            queue.produce(message("x", 1));
            queue.produce(message("a"));
            queue.produce(message("b"));
            untilConsumed(queue, 2);
            clock.advance(Duration.ofHours(5));
            untilConsumed(queue, 3);
        }
        assertThat(attempts).containsExactly("x0", "a0", "b0", "x1");
    }

    @Test
    void aDueRetryGoesBehindWhatIsReady() throws Exception {
        Gate gate = new Gate();
        try (InMemoryQueue queue = open(Backoff.fixed(Duration.ofHours(5)))) {
            queue.consume(attempt -> {
                if (attempt.id().equals("gate")) {
                    gate.handle(attempt);
                } else {
                    failFirstAttemptAtX(attempt);
                }
            });
            queue.produce(message("x", 1));
            untilFailed(queue, 1);
            queue.produce(message("gate"));
            gate.awaitEntered(1);
            queue.produce(message("a"));
            clock.advance(Duration.ofHours(5));
            queue.produce(message("b"));
            gate.open.countDown();
            untilConsumed(queue, 4);
        }
        assertThat(attempts).containsExactly("x0", "a0", "x1", "b0");
    }

    @Test
    void jitterShortensByAtMostItsShareAndTheSeedRepeatsIt() {
        Backoff backoff = Backoff.fixed(Duration.ofHours(10)).withJitter(0.5);
        RetryDelays one = new RetryDelays(backoff, new Random(42));
        RetryDelays other = new RetryDelays(backoff, new Random(42));

        List<Duration> delays = IntStream.range(0, 1000).mapToObj(one::after).toList();

        assertThat(delays)
                .allMatch(d -> d.compareTo(Duration.ofHours(5)) >= 0 && d.compareTo(Duration.ofHours(10)) <= 0);
        assertThat(delays.stream().distinct().count()).isGreaterThan(990);
        assertThat(IntStream.range(0, 1000).mapToObj(other::after)).containsExactlyElementsOf(delays);
    }

    @Test
    void aRetryComesOnTheSystemsTimeToo() {
        QueueConfig config = QueueConfig.builder()
                .backoff(Backoff.fixed(Duration.ofMillis(20)))
                .build();
        try (InMemoryQueue queue = InMemoryQueue.open("system", config)) {
            queue.consume(this::failFirstAttemptAtX);
            queue.produce(message("x", 1));
            untilConsumed(queue, 1);
        }
        assertThat(attempts).containsExactly("x0", "x1");
    }

    private void failFirstAttemptAtX(Message attempt) {
        attempts.add(attempt.id() + attempt.retries());
        if (attempt.id().equals("x") && attempt.retries() == 0) {
            throw new IllegalStateException("first attempt");
        }
    }

    private InMemoryQueue open(Backoff backoff) {
        return InMemoryQueue.open(
                "retry", QueueConfig.builder().backoff(backoff).build(), clock);
    }
}
