package org.brokertck.tck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.brokertck.tck.check.Oracles.Answer;
import org.brokertck.tck.history.QueueHistory;
import org.junit.jupiter.api.Test;

/** Every check that judges histories says what its definition says, on many small random ones. */
class OraclesTest {
    private static final int HISTORIES = 60_000;
    private static final int ENOUGH = HISTORIES / 100;
    private static final Duration TOLERANCE = Duration.ofMillis(2);

    private record Pair(Check<QueueHistory> check, Function<QueueHistory, Answer> oracle) {
        boolean agreeOn(Draft draft) {
            QueueHistory history = draft.history();
            return Oracles.of(check.judge(history)) == oracle.apply(history);
        }
    }

    private static Map<String, Pair> pairs() {
        Map<String, Pair> pairs = new LinkedHashMap<>();
        pairs.put("FirstInFirstOut", new Pair(new FirstInFirstOut(), Oracles::firstInFirstOut));
        pairs.put("LinearizableHandOff", new Pair(new LinearizableHandOff(), Oracles::linearizableHandOff));
        pairs.put("OneAtATime", new Pair(new OneAtATime(), Oracles::oneAtATime));
        pairs.put("OneSuccess", new Pair(new OneSuccess(), Oracles::oneSuccess));
        pairs.put("NothingAfterSuccess", new Pair(new NothingAfterSuccess(), Oracles::nothingAfterSuccess));
        pairs.put("AttemptLimit", new Pair(new AttemptLimit(), Oracles::attemptLimit));
        pairs.put("RetriesCounted", new Pair(new RetriesCounted(), Oracles::retriesCounted));
        pairs.put("BackoffBounds.notTooSoon", new Pair(BackoffBounds.notTooSoon(), Oracles::notTooSoon));
        pairs.put(
                "BackoffBounds.notTooLate",
                new Pair(BackoffBounds.notTooLate(TOLERANCE), it -> Oracles.notTooLate(it, TOLERANCE)));
        pairs.put("DeadLetterOrder", new Pair(new DeadLetterOrder(), Oracles::deadLetterOrder));
        pairs.put("DeadLettersTell", new Pair(new DeadLettersTell(), Oracles::deadLettersTell));
        pairs.put("CapacityKept", new Pair(new CapacityKept(), Oracles::capacityKept));
        pairs.put("MetricsConsistent", new Pair(new MetricsConsistent(), Oracles::metricsConsistent));
        pairs.put("MetricsExact", new Pair(new MetricsExact(), Oracles::metricsExact));
        pairs.put("GracefulClose", new Pair(new GracefulClose(TOLERANCE), it -> Oracles.gracefulClose(it, TOLERANCE)));
        pairs.put("DuplicatesBounded", new Pair(new DuplicatesBounded(0), it -> Oracles.duplicatesBounded(it, 0)));
        pairs.put("GoneForGood", new Pair(new GoneForGood(), Oracles::goneForGood));
        pairs.put("NoLoss", new Pair(new NoLoss(), Oracles::noLoss));
        pairs.put("NoInvention", new Pair(new NoInvention(), Oracles::noInvention));
        pairs.put("ClosedRefuses", new Pair(new ClosedRefuses(), Oracles::closedRefuses));
        return pairs;
    }

    @Test
    void everyCheckAgreesWithItsDefinition() {
        long seed = Seeds.seed();
        RandomHistories histories = new RandomHistories(new Random(seed));
        Map<String, Pair> pairs = pairs();
        Map<String, Map<Answer, Integer>> counts = new LinkedHashMap<>();
        for (int i = 0; i < HISTORIES; i++) {
            Draft draft = histories.next();
            QueueHistory history = draft.history();
            for (Map.Entry<String, Pair> entry : pairs.entrySet()) {
                Pair pair = entry.getValue();
                Answer expected = pair.oracle().apply(history);
                if (Oracles.of(pair.check().judge(history)) != expected) {
                    fail(disagreement(entry.getKey(), pair, draft, i, seed));
                }
                counts.computeIfAbsent(entry.getKey(), it -> new EnumMap<>(Answer.class))
                        .merge(expected, 1, Integer::sum);
            }
        }
        System.out.printf("Checks: %d histories, verdicts: %s%n", HISTORIES, counts);
        counts.forEach((name, count) -> {
            assertThat(count.getOrDefault(Answer.VALID, 0))
                    .as("valid by " + name)
                    .isGreaterThan(ENOUGH);
            assertThat(count.getOrDefault(Answer.INVALID, 0))
                    .as("invalid by " + name)
                    .isGreaterThan(ENOUGH);
        });
    }

    @Test
    void noCheckFindsFaultWithACorrectQueue() {
        long seed = Seeds.seed();
        Random random = new Random(seed);
        Check<QueueHistory> always = new OneAtATime()
                .and(new OneSuccess())
                .and(new NothingAfterSuccess())
                .and(new RetriesCounted())
                .and(BackoffBounds.notTooSoon())
                .and(new DeadLetterOrder())
                .and(new DeadLettersTell())
                .and(new DuplicatesBounded(0))
                .and(new NoInvention())
                .and(new MetricsConsistent());
        Check<QueueHistory> settled = new NoLoss().and(new AttemptLimit());
        for (int i = 0; i < HISTORIES; i++) {
            QueueHistory history = RandomExecutions.next(random).history();
            Check<QueueHistory> check = history.settled() ? always.and(settled) : always;
            check = history.consumers().size() == 1 ? check.and(new FirstInFirstOut()) : check;
            Verdict verdict = check.judge(history).and(() -> withoutDoubt(history));
            if (!(verdict instanceof Verdict.Valid)) {
                fail("history %d of seed %d: %s in %s".formatted(i, seed, verdict, history));
            }
        }
    }

    /** The counters, where the history tells them. */
    private static Verdict withoutDoubt(QueueHistory history) {
        Check<QueueHistory> counts =
                history.closed() == Long.MAX_VALUE ? new MetricsExact() : new GracefulClose(TOLERANCE);
        Verdict verdict = counts.judge(history);
        return verdict instanceof Verdict.Inconclusive ? Verdict.valid() : verdict;
    }

    private static String disagreement(String name, Pair pair, Draft draft, int i, long seed) {
        QueueHistory shrunk = draft.shrunk(it -> !pair.agreeOn(it)).history();
        return "history %d of seed %d: %s says %s, its definition says %s; shrunk: %s"
                .formatted(
                        i, seed, name, pair.check().judge(shrunk), pair.oracle().apply(shrunk), shrunk);
    }
}
