package org.brokertck.tck.queue;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.tck.check.DeadLetterOrder;
import org.brokertck.tck.check.DeadLettersTell;
import org.brokertck.tck.check.NoInvention;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.TckTimeouts;
import org.brokertck.tck.workload.QueueWorkload;
import org.brokertck.tck.workload.Workloads;
import org.junit.jupiter.api.Test;

/** What fails for the last time is set aside, can be looked at, returned and deleted. */
public interface DeadLetterRules extends QueueRules {
    /** More than fit into any page, cache or default limit. */
    int MANY = 1200;

    @Test
    @Verifies("Q-14")
    default void aDeadLetterTellsWhatItWasAndWhyItFailed() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-14")) {
            queue.consume(message -> {
                if (message.id().equals("wrapped")) {
                    throw new IllegalStateException(
                            " could not store it\r\n\tsee the cause \n", new java.io.IOException("disk is full"));
                }
                throw new java.io.IOException("attempt " + message.retries() + " failed: причина 漢字");
            });
            queue.produce(Messages.message("retried", 2));
            queue.produce(Messages.message("not-retried"));
            queue.produce(Messages.message("wrapped"));
            queue.judgeSettled(new DeadLettersTell());
        }
    }

    @Test
    @Verifies("Q-14")
    default void aDeadLetterIsNotAttemptedAgain() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-14")) {
            var consumer = queue.consume(DeadLetterRules::fail);
            queue.produceAll(Messages.numbered(3));
            queue.awaitSettled();
            queue.close(consumer);
            queue.consume(DeadLetterRules::fail);
            queue.stays(() -> queue.recorded().attempts() == 3);
            queue.require(
                    queue.recorded().attempts() == 3,
                    "3 messages became dead letters, and then %d more attempts came"
                            .formatted(queue.recorded().attempts() - 3));
            queue.judgeSettled(new DeadLettersTell());
        }
    }

    @Property
    @Verifies("Q-14")
    default void exactlyTheHopelessAreParked(
            @ForAll(supplier = Workloads.ComingAndGoing.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "Q-14", workload, new DeadLettersTell());
    }

    @Test
    @Verifies("Q-16")
    default void deadLettersAreListedOldestFirstAndStay() {
        try (QueueUnderTest queue = deadLetters("Q-16", 5)) {
            List<String> ids = List.of("m-0", "m-1", "m-2", "m-3", "m-4");
            for (int limit : List.of(1, 3, 5, 1000, Integer.MAX_VALUE)) {
                List<String> listed = list(queue, limit);
                List<String> expected = ids.subList(0, Math.min(limit, 5));
                queue.require(
                        listed.equals(expected), "list(%d) of dead letters %s is %s".formatted(limit, ids, listed));
            }
            queue.require(
                    queue.metrics().deadLetters() == 5,
                    "after listing 5 dead letters the metrics are " + queue.metrics());
        }
    }

    /** As many as before are not the same as before. */
    @Test
    @Verifies("Q-16")
    default void aListTellsOfThoseThatAreThereNow() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-16")) {
            queue.consume(DeadLetterRules::fail);
            for (String name : List.of("first", "second", "third")) {
                List<String> ids = List.of(name + "-0", name + "-1");
                ids.forEach(it -> queue.produce(Messages.message(it)));
                queue.awaitMetrics("2 messages become dead letters", it -> it.deadLetters() == 2);
                List<String> listed = list(queue, 10);
                queue.require(
                        listed.equals(ids),
                        "the dead letters %s came after a purge of as many others, and their list is %s"
                                .formatted(ids, listed));
                int purged = queue.call(
                        "purge",
                        timeouts().await(),
                        () -> queue.unrecorded().deadLetters().purge());
                queue.require(purged == 2, "purge of 2 dead letters says that it deleted " + purged);
            }
        }
    }

    @Test
    @Verifies("Q-16")
    default void aLongListIsWhole() {
        try (QueueUnderTest queue = deadLetters("Q-16", MANY)) {
            List<String> listed = list(queue, 10_000);
            List<String> expected =
                    IntStream.range(0, MANY).mapToObj(i -> "m-" + i).toList();
            queue.require(
                    listed.equals(expected),
                    "list(10000) of %d dead letters holds %d, the first %s"
                            .formatted(
                                    MANY,
                                    listed.size(),
                                    listed.stream().findFirst().orElse("none")));
        }
    }

    @Property
    @Verifies("Q-16")
    default void deadLettersAreListedInTheirOrder(@ForAll(supplier = Workloads.Failing.class) QueueWorkload workload) {
        WorkloadDriver.judge(this, "Q-16", workload, new DeadLetterOrder().and(new DeadLettersTell()));
    }

    @Test
    @Verifies("Q-17")
    default void redriveReturnsDeadLettersAndPurgeDeletesThem() {
        redriveThenPurge(5, 2);
    }

    @Test
    @Verifies("Q-17")
    default void manyDeadLettersAreRedrivenAndPurged() {
        redriveThenPurge(MANY, MANY - 100);
    }

    @Property
    @Verifies("Q-17")
    default void anyPartCanBeRedriven(
            @ForAll @IntRange(min = 1, max = 8) int dead, @ForAll @IntRange(min = 1, max = 10) int limit) {
        redriveThenPurge(dead, limit);
    }

    private void redriveThenPurge(int dead, int limit) {
        int moved = Math.min(dead, limit);
        try (QueueUnderTest queue = deadLetters("Q-17", dead)) {
            int said = queue.call(
                    "redrive",
                    timeouts().await(),
                    () -> queue.unrecorded().deadLetters().redrive(limit));
            queue.require(
                    said == moved, "redrive(%d) of %d dead letters says that it moved %d".formatted(limit, dead, said));
            List<String> stayed = list(queue, 10_000);
            List<String> expected =
                    IntStream.range(moved, dead).mapToObj(i -> "m-" + i).toList();
            queue.require(
                    stayed.equals(expected),
                    "after redrive(%d) of %d the dead letters are %s, not %s".formatted(limit, dead, stayed, expected));
            int before = queue.recorded().attempts();
            queue.consume(message -> {});
            queue.require(
                    queue.awaitAttempts(before + moved),
                    "%d messages were redriven and %d of them were attempted"
                            .formatted(moved, queue.recorded().attempts() - before));
            requireAfresh(queue, before, moved);
            queue.judge(new NoInvention());
            queue.awaitMetrics(
                    "redriven messages leave the dead letters and succeed, and are not produced anew",
                    it -> it.produced() == dead && it.consumed() == moved && it.deadLetters() == dead - moved);
            requirePurged(queue, dead - moved);
        }
    }

    private static void requireAfresh(QueueUnderTest queue, int before, int moved) {
        List<Message> redriven = queue.history().attempts().stream()
                .skip(before)
                .map(it -> it.message())
                .toList();
        List<String> expected =
                IntStream.range(0, moved).mapToObj(i -> "m-" + i).toList();
        queue.require(
                redriven.stream().map(Message::id).toList().equals(expected),
                "redriven were %s, oldest first, and attempted were %s".formatted(expected, redriven));
        queue.require(
                redriven.stream().allMatch(it -> it.retries() == 0),
                "redriven messages start afresh, but came with retries " + redriven);
    }

    private static void requirePurged(QueueUnderTest queue, int left) {
        int purged = queue.call(
                "purge",
                TckTimeouts.current().await(),
                () -> queue.unrecorded().deadLetters().purge());
        queue.require(purged == left, "purge of %d dead letters says that it deleted %d".formatted(left, purged));
        List<String> rest = list(queue, 10_000);
        queue.require(rest.isEmpty(), "after purge the dead letters are " + rest);
        queue.awaitMetrics("purge leaves no dead letter", it -> it.deadLetters() == 0);
    }

    /** As the contract says: to the end, in order, and whatever the capacity. */
    @Test
    @Verifies("Q-17")
    default void redrivenMessagesGoToTheEndOfAFullQueue() {
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "Q-17", config().capacity(3).build())) {
            var consumer = queue.consume(DeadLetterRules::fail);
            queue.produceAll(Messages.numbered(2));
            queue.awaitSettled();
            queue.close(consumer);
            List.of("w-0", "w-1", "w-2").forEach(it -> queue.produce(Messages.message(it)));
            int said = queue.call(
                    "redrive",
                    timeouts().await(),
                    () -> queue.unrecorded().deadLetters().redrive());
            queue.require(said == 2, "redrive of 2 dead letters to a full queue says that it moved " + said);
            queue.consume(message -> {});
            queue.awaitAttempts(7);
            List<String> attempted = queue.history().attempts().stream()
                    .skip(2)
                    .map(it -> it.id())
                    .toList();
            List<String> expected = List.of("w-0", "w-1", "w-2", "m-0", "m-1");
            queue.require(
                    attempted.equals(expected),
                    "redriven messages go to the end, so %s was due, and %s was attempted"
                            .formatted(expected, attempted));
        }
    }

    /** A redriven message has all its retries again. */
    @Test
    @Verifies("Q-17")
    default void aRedrivenMessageHasAllItsRetriesAgain() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-17")) {
            queue.consume(DeadLetterRules::fail);
            queue.produce(Messages.message("stubborn", 2));
            queue.awaitSettled();
            queue.call(
                    "redrive",
                    timeouts().await(),
                    () -> queue.unrecorded().deadLetters().redrive());
            queue.require(
                    queue.awaitAttempts(6),
                    "a redriven message with maxRetries=2 was attempted %d times, not 3"
                            .formatted(queue.recorded().attempts() - 3));
            queue.awaitMetrics("a redriven message that fails again is parked again", it -> it.deadLetters() == 1);
            List<DeadLetter> letters = queue.deadLetters();
            queue.require(
                    letters.size() == 1 && letters.get(0).attempts() == 3,
                    "a redriven message that failed 3 more times is told as " + letters);
        }
    }

    private QueueUnderTest deadLetters(String rule, int count) {
        QueueUnderTest queue = QueueUnderTest.open(this, rule);
        var consumer = queue.consume(DeadLetterRules::fail);
        queue.produceAll(Messages.numbered(count));
        queue.awaitSettled();
        queue.close(consumer);
        return queue;
    }

    private static List<String> list(QueueUnderTest queue, int limit) {
        List<DeadLetter> letters = queue.call(
                "list",
                TckTimeouts.current().await(),
                () -> queue.unrecorded().deadLetters().list(limit));
        return letters.stream().map(it -> it.message().id()).toList();
    }

    private static void fail(Message message) {
        throw new IllegalStateException("always fails");
    }
}
