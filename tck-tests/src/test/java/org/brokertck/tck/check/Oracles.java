package org.brokertck.tck.check;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.brokertck.api.ClosedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.Attempt.Result;
import org.brokertck.tck.history.MetricsSample;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.ProduceCall;
import org.brokertck.tck.history.QueueHistory;
import org.jspecify.annotations.Nullable;

/** What the checks mean, written down once more as plainly as can be: every event is compared with every other. */
final class Oracles {
    /** What an oracle says. */
    enum Answer {
        VALID,
        INVALID,
        INCONCLUSIVE
    }

    private Oracles() {}

    private static Answer invalidIf(boolean broken) {
        return broken ? Answer.INVALID : Answer.VALID;
    }

    static Answer firstInFirstOut(QueueHistory h) {
        return invalidIf(h.produces().stream()
                .anyMatch(a -> h.produces().stream()
                        .anyMatch(b -> a.outcome() == Outcome.OK
                                && a.returned() < b.invoked()
                                && !attemptsAt(h, a.id()).isEmpty()
                                && firstStart(h, b.id()) < firstStart(h, a.id()))));
    }

    static Answer linearizableHandOff(QueueHistory h) {
        List<Fifo.Put> puts = h.produces().stream()
                .filter(it -> it.outcome() != Outcome.REFUSED)
                .map(it -> new Fifo.Put(it.id(), it.invoked(), it.outcome() == Outcome.OK ? it.returned() : Fifo.NEVER))
                .toList();
        List<Fifo.Take> takes = h.attempts().stream()
                .map(it -> new Fifo.Take(it.id(), it.freeSince(), it.started()))
                .toList();
        // Each is put once at most; the search would find that out, too, but try everything before.
        boolean twice = anyTwo(h, (a, b) -> a.id().equals(b.id()));
        return invalidIf(twice || !FifoSearch.isLinearizable(puts, takes, List.of()));
    }

    static Answer oneAtATime(QueueHistory h) {
        return invalidIf(anyTwo(h, (a, b) -> a.consumer().equals(b.consumer()) && overlap(a, b)));
    }

    static Answer oneSuccess(QueueHistory h) {
        return invalidIf(
                anyTwo(h, (a, b) -> a.id().equals(b.id()) && (overlap(a, b) || (a.succeeded() && b.succeeded()))));
    }

    static Answer nothingAfterSuccess(QueueHistory h) {
        return invalidIf(anyTwo(h, (a, b) -> a.id().equals(b.id()) && a.succeeded() && a.ended() < b.started()));
    }

    static Answer attemptLimit(QueueHistory h) {
        return invalidIf(h.attempts().stream().anyMatch(it -> {
            List<Attempt> all = attemptsAt(h, it.id());
            int permitted = it.message().maxRetries() + 1;
            boolean tooMany = all.size() > permitted;
            boolean tooFew = all.size() < permitted && all.stream().allMatch(a -> a.result() == Result.FAILED);
            return tooMany || tooFew;
        }));
    }

    /** Retries are 0, 1, 2 … and never smaller at an attempt that came later; nothing else changes. */
    static Answer retriesCounted(QueueHistory h) {
        boolean gap = h.attempts().stream().anyMatch(it -> {
            int n = attemptsAt(h, it.id()).size();
            boolean within = it.message().retries() < n;
            return !within;
        });
        boolean twice = anyTwo(
                h,
                (a, b) -> a.id().equals(b.id())
                        && a.message().retries() == b.message().retries());
        boolean backwards = anyTwo(
                h,
                (a, b) -> a.id().equals(b.id())
                        && a.message().retries() > b.message().retries()
                        && (a.started() < b.started() || (a.started() == b.started() && a.ended() < b.ended())));
        boolean changed = h.attempts().stream()
                .anyMatch(it -> h.produces().stream()
                        .anyMatch(call -> call.id().equals(it.id()) && !same(call.message(), it.message())));
        return invalidIf(gap || twice || backwards || changed);
    }

    static Answer notTooSoon(QueueHistory h) {
        return invalidIf(anyRetry(h, (k, waited) -> {
            Backoff backoff = h.config().backoff();
            BigDecimal shortest = delay(backoff, k).multiply(BigDecimal.ONE.subtract(new BigDecimal(backoff.jitter())));
            return waited + 1_000_000 < shortest.longValue();
        }));
    }

    static Answer notTooLate(QueueHistory h, Duration tolerance) {
        return invalidIf(anyRetry(
                h, (k, waited) -> waited > delay(h.config().backoff(), k).longValue() + tolerance.toNanos()));
    }

    private static BigDecimal delay(Backoff backoff, int k) {
        return BigDecimal.valueOf(backoff.initialDelay().toNanos())
                .multiply(new BigDecimal(backoff.multiplier()).pow(k))
                .min(BigDecimal.valueOf(backoff.maxDelay().toNanos()));
    }

    private interface Retry {
        boolean test(int k, long waited);
    }

    private static boolean anyRetry(QueueHistory h, Retry wrong) {
        for (String id : attempted(h)) {
            List<Attempt> all = attemptsAt(h, id);
            for (int k = 0; k + 1 < all.size(); k++) {
                boolean failed = all.get(k).result() == Result.FAILED;
                if (failed
                        && wrong.test(k, all.get(k + 1).started() - all.get(k).ended())) {
                    return true;
                }
            }
        }
        return false;
    }

    static Answer capacityKept(QueueHistory h) {
        return invalidIf(h.produces().stream()
                .filter(it -> it.outcome() == Outcome.OK)
                .anyMatch(now -> h.produces().stream()
                                .filter(it -> it.outcome() == Outcome.OK && it.returned() <= now.returned())
                                .filter(it -> now.returned() < firstStart(h, it.id()))
                                .count()
                        > h.config().capacity()));
    }

    static Answer deadLetterOrder(QueueHistory h) {
        List<DeadLetter> letters = h.deadLetters();
        for (int i = 0; i < letters.size(); i++) {
            for (int j = i + 1; j < letters.size(); j++) {
                long from = lastEnd(h, letters.get(i).message().id());
                long to = parkedBy(h, letters.get(j).message().id());
                if (to < from) {
                    return Answer.INVALID;
                }
            }
        }
        return Answer.VALID;
    }

    private static long lastEnd(QueueHistory h, String id) {
        return attemptsAt(h, id).stream().mapToLong(Attempt::ended).max().orElse(Long.MIN_VALUE);
    }

    /** When its last attempt's consumer went on to something else; the latest time where the last attempt is in doubt. */
    private static long parkedBy(QueueHistory h, String id) {
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < h.attempts().size(); i++) {
            Attempt it = h.attempts().get(i);
            if (it.id().equals(id) && it.ended() == lastEnd(h, id)) {
                latest = Math.max(latest, nextStart(h, i));
            }
        }
        return latest == Long.MIN_VALUE ? Long.MAX_VALUE : latest;
    }

    private static long nextStart(QueueHistory h, int last) {
        return h.attempts().stream()
                .skip(last + 1L)
                .filter(it -> it.consumer().equals(h.attempts().get(last).consumer()))
                .mapToLong(Attempt::started)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    static Answer deadLettersTell(QueueHistory h) {
        boolean missing = h.attempts().stream().anyMatch(it -> exhausted(h, it.id()) && letters(h, it.id()) != 1);
        return invalidIf(missing || h.deadLetters().stream().anyMatch(it -> lies(h, it)));
    }

    private static boolean lies(QueueHistory h, DeadLetter letter) {
        String id = letter.message().id();
        List<Attempt> all = attemptsAt(h, id);
        @Nullable ProduceCall call = call(h, id);
        if (call == null || letters(h, id) != 1 || !exhausted(h, id)) {
            return true;
        }
        String failure = letter.failureType() + ": " + letter.failureText();
        return !same(call.message(), letter.message())
                || letter.attempts() != all.size()
                || letter.message().retries() != all.size() - 1
                || !failure.equals(all.get(all.size() - 1).failure());
    }

    private static long letters(QueueHistory h, String id) {
        return h.deadLetters().stream()
                .filter(it -> it.message().id().equals(id))
                .count();
    }

    private static boolean exhausted(QueueHistory h, String id) {
        List<Attempt> all = attemptsAt(h, id);
        return !all.isEmpty()
                && all.size() >= all.get(0).message().maxRetries() + 1
                && all.stream().allMatch(it -> it.result() == Result.FAILED);
    }

    static Answer metricsConsistent(QueueHistory h) {
        for (MetricsSample sample : h.samples()) {
            if (impossible(h, sample)) {
                return Answer.INVALID;
            }
        }
        for (int i = 0; i < h.samples().size(); i++) {
            for (int j = i + 1; j < h.samples().size(); j++) {
                QueueMetrics before = h.samples().get(i).metrics();
                QueueMetrics after = h.samples().get(j).metrics();
                if (before.produced() > after.produced()
                        || before.consumed() > after.consumed()
                        || before.failed() > after.failed()) {
                    return Answer.INVALID;
                }
            }
        }
        return Answer.VALID;
    }

    private static boolean impossible(QueueHistory h, MetricsSample sample) {
        QueueMetrics m = sample.metrics();
        boolean negative = Stream.of(m.produced(), m.consumed(), m.failed(), m.inFlight(), m.deadLetters())
                .anyMatch(it -> it < 0);
        long certain = h.produces().stream()
                .filter(it -> it.outcome() == Outcome.OK && it.returned() < sample.asked())
                .count();
        long perhaps = h.produces().stream()
                .filter(it -> it.outcome() != Outcome.REFUSED && it.invoked() <= sample.answered())
                .count();
        long dead = attempted(h).stream()
                .filter(it -> exhausted(h, it) && lastEnd(h, it) <= sample.answered())
                .count();
        return negative
                || m.consumed() + m.deadLetters() + m.inFlight() > m.produced()
                || m.produced() < certain
                || m.produced() > perhaps
                || m.consumed() > ended(h, Result.SUCCEEDED, it -> it <= sample.answered())
                || m.failed() > ended(h, Result.FAILED, it -> it <= sample.answered())
                || m.deadLetters() > dead
                || m.inFlight() > h.consumers().size();
    }

    private static long ended(QueueHistory h, Result result, Predicate<Long> when) {
        return h.attempts().stream()
                .filter(it -> it.result() == result && when.test(it.ended()))
                .count();
    }

    static Answer metricsExact(QueueHistory h) {
        boolean unsure = h.produces().stream()
                .anyMatch(it -> it.outcome() == Outcome.UNKNOWN || it.outcome() == Outcome.PENDING);
        if (unsure || !h.settled() || h.samples().isEmpty()) {
            return Answer.INCONCLUSIVE;
        }
        long produced =
                h.produces().stream().filter(it -> it.outcome() == Outcome.OK).count();
        long dead = attempted(h).stream().filter(it -> exhausted(h, it)).count();
        QueueMetrics truth = new QueueMetrics(
                produced, ended(h, Result.SUCCEEDED, it -> true), ended(h, Result.FAILED, it -> true), 0, dead);
        return invalidIf(!last(h).equals(truth));
    }

    private static QueueMetrics last(QueueHistory h) {
        return h.samples().get(h.samples().size() - 1).metrics();
    }

    static Answer gracefulClose(QueueHistory h, Duration tolerance) {
        if (h.closed() == Long.MAX_VALUE) {
            return Answer.INCONCLUSIVE;
        }
        long drain = h.config().drainTimeout().toNanos();
        boolean tooLong = h.closed() - h.closing() > drain + tolerance.toNanos();
        boolean timeLeft = h.closed() - h.closing() < drain;
        boolean startedLate = h.attempts().stream().anyMatch(it -> it.started() > h.closed());
        boolean leftBehind = h.attempts().stream().anyMatch(it -> it.ended() > h.closed());
        if (tooLong || startedLate || (leftBehind && timeLeft)) {
            return Answer.INVALID;
        }
        boolean sampled = h.samples().stream().anyMatch(it -> it.asked() >= h.closed());
        if (!sampled) {
            return Answer.INCONCLUSIVE;
        }
        return invalidIf(
                miscounted(h, Result.SUCCEEDED, last(h).consumed()) || miscounted(h, Result.FAILED, last(h).failed()));
    }

    private static boolean miscounted(QueueHistory h, Result result, long counted) {
        long drained = h.closing() + h.config().drainTimeout().toNanos();
        long must = ended(h, result, it -> it < h.closed() && it < drained);
        long may = ended(h, result, it -> it <= h.closed());
        return counted < must || counted > may;
    }

    static Answer duplicatesBounded(QueueHistory h, int most) {
        long successes = ended(h, Result.SUCCEEDED, it -> true);
        long messages = h.attempts().stream()
                .filter(it -> it.result() == Result.SUCCEEDED)
                .map(Attempt::id)
                .distinct()
                .count();
        return invalidIf(successes - messages > most);
    }

    static Answer goneForGood(QueueHistory h) {
        return invalidIf(h.consumers().stream()
                .anyMatch(span -> h.attempts().stream()
                        .anyMatch(it -> it.consumer().equals(span.consumer()) && it.started() > span.closed())));
    }

    static Answer noLoss(QueueHistory h) {
        return invalidIf(h.produces().stream()
                .anyMatch(it -> it.outcome() == Outcome.OK
                        && letters(h, it.id()) == 0
                        && attemptsAt(h, it.id()).stream().noneMatch(a -> a.result() == Result.SUCCEEDED)));
    }

    static Answer noInvention(QueueHistory h) {
        return invalidIf(h.attempts().stream().anyMatch(it -> {
            @Nullable ProduceCall call = call(h, it.id());
            return call == null
                    || call.outcome() == Outcome.REFUSED
                    || call.invoked() > it.started()
                    || !same(call.message(), it.message());
        }));
    }

    static Answer closedRefuses(QueueHistory h) {
        return invalidIf(h.produces().stream()
                .anyMatch(it -> it.invoked() > h.closed()
                        && !(it.outcome() == Outcome.REFUSED
                                && it.detail().contains(ClosedException.class.getName()))));
    }

    private static boolean same(Message a, Message b) {
        return a.id().equals(b.id())
                && a.topic().equals(b.topic())
                && a.payloadBuffer().equals(b.payloadBuffer())
                && a.headers().equals(b.headers())
                && a.timestamp().equals(b.timestamp())
                && a.maxRetries() == b.maxRetries();
    }

    private static @Nullable ProduceCall call(QueueHistory h, String id) {
        return h.produces().stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static List<String> attempted(QueueHistory h) {
        return h.attempts().stream().map(Attempt::id).distinct().toList();
    }

    private static List<Attempt> attemptsAt(QueueHistory h, String id) {
        List<Attempt> all = new ArrayList<>(h.attempts());
        all.removeIf(it -> !it.id().equals(id));
        return all;
    }

    private static long firstStart(QueueHistory h, String id) {
        return attemptsAt(h, id).stream().mapToLong(Attempt::started).min().orElse(Long.MAX_VALUE);
    }

    private static boolean overlap(Attempt a, Attempt b) {
        return !(a.ended() <= b.started() || b.ended() <= a.started());
    }

    private interface Two {
        boolean test(Attempt a, Attempt b);
    }

    private static boolean anyTwo(QueueHistory h, Two broken) {
        for (int i = 0; i < h.attempts().size(); i++) {
            for (int j = 0; j < h.attempts().size(); j++) {
                if (i != j && broken.test(h.attempts().get(i), h.attempts().get(j))) {
                    return true;
                }
            }
        }
        return false;
    }

    static Answer of(Verdict verdict) {
        Objects.requireNonNull(verdict, "verdict");
        if (verdict instanceof Verdict.Inconclusive) {
            return Answer.INCONCLUSIVE;
        }
        return verdict instanceof Verdict.Valid ? Answer.VALID : Answer.INVALID;
    }
}
