package org.brokertck.tck.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.history.RecordedConsumer;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Together;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Dead letters that are listed, redriven and purged while others come and others do the same. */
public interface DeadLetterRaceRules extends QueueRules {
    /** Each goes back once, whoever takes it: no redrive may return what another one has returned already. */
    @Test
    @Verifies("Q-17")
    default void redrivesAtOnceReturnEachDeadLetterOnce() {
        int letters = 50;
        int threads = 4;
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-17")) {
            queue.produceAll(Messages.numbered(letters));
            for (int round = 0; round < rounds(); round++) {
                RecordedConsumer failing = queue.consume(DeadLetterRaceRules::fail);
                queue.awaitMetrics("all messages become dead letters", it -> it.deadLetters() == letters);
                queue.close(failing);
                List<Integer> told = Together.start("redrive", threads, number -> redriveOneByOne(queue)).stream()
                        .map(it -> await(queue, "redrive", it))
                        .toList();
                queue.require(
                        told.stream().mapToInt(it -> it).sum() == letters,
                        "%d threads redrove %d dead letters at once, and say that they moved %s"
                                .formatted(threads, letters, told));
            }
        }
    }

    private static int redriveOneByOne(QueueUnderTest queue) {
        int redriven = 0;
        int moved;
        do {
            moved = queue.unrecorded().deadLetters().redrive(1);
            redriven += moved;
        } while (moved > 0);
        return redriven;
    }

    /** Each is deleted once, and told by the purge that deletes it, however many come and go meanwhile. */
    @Test
    @Verifies("Q-17")
    default void purgesAtOnceTellEachDeadLetterOnce() {
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-17")) {
            queue.unrecorded().consume(DeadLetterRaceRules::fail);
            DeadLetters parked = queue.unrecorded().deadLetters();
            long end = System.nanoTime() + timeouts().quiet().multipliedBy(4).toNanos();
            BooleanSupplier goesOn = () -> System.nanoTime() < end;
            Running<Integer> producer = Bounded.start(
                    "produce",
                    () -> sumWhile(goesOn, () -> {
                        queue.unrecorded().produce(Messages.message("hopeless"));
                        return 1;
                    }));
            List<Running<Integer>> purgers = Stream.generate(
                            () -> Bounded.start("purge", () -> sumWhile(goesOn, parked::purge)))
                    .limit(3)
                    .toList();
            int produced = await(queue, "produce", producer);
            List<Integer> told =
                    purgers.stream().map(it -> await(queue, "purge", it)).toList();
            queue.awaitMetrics("all messages have failed", it -> it.failed() == produced && it.inFlight() == 0);
            int rest = queue.call("purge", timeouts().await(), parked::purge);
            queue.require(
                    told.stream().mapToInt(it -> it).sum() + rest == produced,
                    "%d messages became dead letters while 3 threads purged them, which say that they deleted %s, and %d were left"
                            .formatted(produced, told, rest));
        }
    }

    /** What comes back wakes as many as what is produced. */
    @Test
    @Verifies("Q-17")
    default void redrivenMessagesAreSharedAmongThoseWhoWait() {
        int consumers = 3;
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-17")) {
            Gate gate = new Gate(timeouts().await().multipliedBy(2));
            AtomicBoolean fails = new AtomicBoolean(true);
            IntStream.range(0, consumers)
                    .forEach(i -> queue.consume(message -> {
                        if (fails.get()) {
                            throw new IllegalStateException("so that it becomes a dead letter");
                        }
                        gate.handle(message);
                    }));
            queue.produceAll(Messages.numbered(consumers));
            queue.awaitMetrics(
                    "all messages become dead letters", it -> it.deadLetters() == consumers && it.inFlight() == 0);
            queue.stays(() -> true);
            fails.set(false);
            int redriven = queue.call(
                    "redrive",
                    timeouts().await(),
                    () -> queue.unrecorded().deadLetters().redrive());
            boolean shared = queue.happensWithin(timeouts().await(), () -> gate.inside() == consumers);
            int inside = gate.inside();
            gate.open();
            queue.require(
                    shared,
                    "%d consumers waited for messages, %d were redriven, and %d of them were in hand at once"
                            .formatted(consumers, redriven, inside));
        }
    }

    /** The sum of what the calls return that are made meanwhile. */
    private static int sumWhile(BooleanSupplier goesOn, Supplier<Integer> call) {
        int sum = 0;
        while (goesOn.getAsBoolean()) {
            sum += call.get();
        }
        return sum;
    }

    private int rounds() {
        return target().capabilities().contains(Capability.REMOTE) ? 3 : 30;
    }

    /** A list is of one moment: in order, without gaps, and no error of a collection that changes under it. */
    @Test
    @Verifies("Q-16")
    default void listsAreWholeWhileDeadLettersComeAndGo() {
        int letters = target().capabilities().contains(Capability.REMOTE) ? 500 : 8000;
        try (QueueUnderTest queue = QueueUnderTest.open(this, "Q-16")) {
            queue.unrecorded().consume(DeadLetterRaceRules::fail);
            DeadLetters parked = queue.unrecorded().deadLetters();
            AtomicInteger rounds = new AtomicInteger();
            AtomicBoolean done = new AtomicBoolean();
            List<String> wrong = new ArrayList<>();
            // Looking at a list takes longer than getting it, so most are only got: one that breaks on the way is
            // noticed all the same.
            Running<Integer> lister = Bounded.start(
                    "list",
                    () -> sumWhile(() -> !done.get(), () -> {
                        IntStream.range(0, 20).forEach(i -> parked.list(letters));
                        List<String> ids = ids(parked.list(letters));
                        firstBreak(ids).ifPresent(wrong::add);
                        return ids.isEmpty() ? 0 : rounds.incrementAndGet();
                    }));
            Running<Boolean> producer = Bounded.startRun("produce", () -> {
                try {
                    produceAndPurge(queue, letters, rounds);
                } finally {
                    done.set(true);
                }
            });
            boolean unused = await(queue, "produce", producer);
            int unusedSum = await(queue, "list", lister);
            queue.require(
                    wrong.isEmpty(),
                    "while m-0, m-1 and so on became dead letters in this order and were purged, a list of them had "
                            + wrong.stream().findFirst().orElse(""));
        }
    }

    /** So many at least, and until some lists held something. */
    private void produceAndPurge(QueueUnderTest queue, int least, AtomicInteger rounds) {
        long start = System.nanoTime();
        for (int i = 0; (i < least || rounds.get() < 10) && !timeouts().isHalfUp(start); i++) {
            queue.unrecorded().produce(Messages.message("m-" + i));
            if (i % 300 == 299) {
                int unused = queue.unrecorded().deadLetters().purge();
            }
        }
    }

    private <T> T await(QueueUnderTest queue, String what, Running<T> running) {
        return queue.call(
                what,
                timeouts().await().multipliedBy(2),
                () -> running.await(timeouts().await()));
    }

    private static List<String> ids(List<DeadLetter> letters) {
        return letters.stream().map(DeadLetter::message).map(Message::id).toList();
    }

    /** Where numbered messages do not follow one another, if anywhere. */
    private static Optional<String> firstBreak(List<String> ids) {
        return IntStream.range(1, ids.size())
                .filter(i -> number(ids.get(i)) != number(ids.get(i - 1)) + 1)
                .mapToObj(i -> "%s right behind %s".formatted(ids.get(i), ids.get(i - 1)))
                .findFirst();
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring("m-".length()));
    }

    private static void fail(Message message) {
        throw new IllegalStateException("always fails");
    }
}
