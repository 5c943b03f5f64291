package org.brokertck.reference.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.brokertck.reference.queue.Messages.message;
import static org.brokertck.reference.queue.Messages.untilConsumed;
import static org.brokertck.reference.queue.Messages.untilFailed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.reference.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeadLettersTest {
    private static final QueueConfig CONFIG = QueueConfig.builder()
            .capacity(3)
            .produceTimeout(Duration.ZERO)
            .backoff(Backoff.fixed(Duration.ZERO))
            .build();

    private static final MessageHandler FAILING = attempt -> {
        throw new IllegalArgumentException("cannot " + attempt.id());
    };

    @Test
    void aDeadLetterTellsItsAttemptsAndLastFailure() {
        try (InMemoryQueue queue = openWithDeadLetters("a")) {
            assertThat(queue.deadLetters().list(10))
                    .containsExactly(new DeadLetter(
                            queue.deadLetters().list(1).get(0).message(),
                            2,
                            "java.lang.IllegalArgumentException",
                            "cannot a"));
            assertThat(queue.deadLetters().list(10).get(0).message().retries()).isEqualTo(1);
        }
    }

    @Test
    void listingCopiesTheOldestUpToTheLimit() {
        try (InMemoryQueue queue = openWithDeadLetters("a", "b", "c")) {
            List<DeadLetter> listed = queue.deadLetters().list(2);
            assertThat(listed).extracting(letter -> letter.message().id()).containsExactly("a", "b");

            listed.clear();

            assertThat(queue.deadLetters().list(Integer.MAX_VALUE)).hasSize(3);
        }
    }

    @Test
    void redrivenLettersGoToTheEndInOrderWithNothingCountedAgainstThem() {
        List<String> handled = new CopyOnWriteArrayList<>();
        try (InMemoryQueue queue = openWithDeadLetters("a", "b", "c")) {
            queue.produce(message("before"));

            assertThat(queue.deadLetters().redrive(2)).isEqualTo(2);
            assertThat(queue.metrics()).isEqualTo(new QueueMetrics(4, 0, 6, 0, 1));
            queue.consume(attempt -> handled.add(attempt.id() + attempt.retries()));
            untilConsumed(queue, 3);

            assertThat(handled).containsExactly("before0", "a0", "b0");
            assertThat(queue.metrics()).isEqualTo(new QueueMetrics(4, 3, 6, 0, 1));
        }
    }

    @Test
    void redrivingIgnoresTheCapacityButOccupiesIt() {
        try (InMemoryQueue queue = openWithDeadLetters("a", "b", "c")) {
            queue.produce(message("d"));
            assertThat(queue.deadLetters().redrive()).isEqualTo(3);

            assertThat(Call.start(() -> queue.produce(message("full"))).thrown())
                    .hasMessageContaining("full");

            queue.consume(attempt -> {});
            untilConsumed(queue, 4);
            queue.produce(message("room again"));
            untilConsumed(queue, 5);
        }
    }

    @Test
    void purgingDeletesAllAndSaysHowMany() {
        try (InMemoryQueue queue = openWithDeadLetters("a", "b")) {
            assertThat(queue.deadLetters().purge()).isEqualTo(2);
            assertThat(queue.deadLetters().purge()).isZero();
            assertThat(queue.deadLetters().redrive()).isZero();
            assertThat(queue.metrics()).isEqualTo(new QueueMetrics(2, 0, 4, 0, 0));
        }
    }

    @Test
    void aLimitBelowOneIsRefused() {
        try (InMemoryQueue queue = openWithDeadLetters("a")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> queue.deadLetters().list(0))
                    .withMessageContaining("limit");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> queue.deadLetters().redrive(0))
                    .withMessageContaining("limit");
            assertThat(queue.metrics().deadLetters()).isEqualTo(1);
        }
    }

    @Test
    void anExceptionThatCannotDescribeItselfIsParkedByItsType() {
        try (InMemoryQueue queue = InMemoryQueue.open("unspeakable", CONFIG)) {
            queue.consume(attempt -> {
                throw new Unspeakable();
            });
            queue.produce(message("m"));
            untilFailed(queue, 1);

            DeadLetter letter = queue.deadLetters().list(1).get(0);
            assertThat(letter.failureType()).isEqualTo(Unspeakable.class.getName());
            assertThat(letter.failureText()).isEmpty();
        }
    }

    /** A queue in which each of these failed twice, with no consumer left. */
    private static InMemoryQueue openWithDeadLetters(String... ids) {
        InMemoryQueue queue = InMemoryQueue.open("dead-letters", CONFIG);
        try (Consumer failing = queue.consume(FAILING)) {
            for (int i = 0; i < ids.length; i++) {
                queue.produce(message(ids[i], 1));
                untilFailed(queue, 2L * (i + 1));
            }
        }
        return queue;
    }

    private static final class Unspeakable extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }
    }
}
