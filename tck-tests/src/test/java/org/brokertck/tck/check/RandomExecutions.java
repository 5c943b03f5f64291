package org.brokertck.tck.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.brokertck.api.ClosedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.Attempt.Result;
import org.brokertck.tck.history.Histories;
import org.brokertck.tck.history.MetricsSample;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.ProduceCall;

/** What a correct queue does with a few random messages, in a simulation at few different times. */
final class RandomExecutions {
    /** Half a millisecond, so that delays of whole milliseconds can be missed by less than what a clock is granted. */
    static final long UNIT = 500_000;

    private static final List<String> IDS = List.of("a", "b", "d", "e");
    private static final int MOST_ATTEMPTS = 9;

    private record Waiting(String id, long due, int order, int retries) {}

    private final Random random;
    private final List<Long> effects = new ArrayList<>();
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::due).thenComparingInt(Waiting::order));
    private final Draft draft = new Draft();
    private int order;

    private RandomExecutions(Random random) {
        this.random = random;
    }

    static Draft next(Random random) {
        RandomExecutions it = new RandomExecutions(random);
        it.configure();
        it.produce();
        it.handle();
        if (random.nextInt(2) == 0) {
            it.close();
        }
        it.park();
        it.sample();
        return it.draft;
    }

    private void configure() {
        Duration initial = Duration.ofMillis(random.nextInt(4));
        Duration max = initial.plusMillis(random.nextInt(5));
        double multiplier = random.nextBoolean() ? 2 : 1.5;
        double jitter = random.nextInt(3) / 2.0;
        draft.config = QueueConfig.builder()
                .capacity(1 + random.nextInt(4))
                .backoff(new Backoff(initial, multiplier, max, jitter))
                .drainTimeout(Duration.ofMillis(random.nextInt(5)))
                .build();
    }

    private void produce() {
        long now = 0;
        for (String id : IDS.subList(0, 1 + random.nextInt(IDS.size()))) {
            Message message = Histories.message(id).toBuilder()
                    .maxRetries(random.nextInt(3))
                    .build();
            now += some(3);
            long returned = now + some(4);
            long effect = now + some((int) ((returned - now) / UNIT) + 1);
            int fate = random.nextInt(20);
            Outcome outcome = fate < 16
                    ? Outcome.OK
                    : fate < 17 ? Outcome.REFUSED : fate < 18 ? Outcome.PENDING : Outcome.UNKNOWN;
            boolean visible = outcome == Outcome.OK || (outcome != Outcome.REFUSED && random.nextBoolean());
            if (visible) {
                effects.add(effect);
                waiting.add(new Waiting(id, effect, order++, 0));
            }
            String detail = outcome == Outcome.REFUSED ? ClosedException.class.getName() + ": closed" : "";
            draft.produces.add(new ProduceCall(
                    "p", message, now, outcome == Outcome.PENDING ? Long.MAX_VALUE : returned, outcome, detail));
        }
    }

    /** The consumer that has been free for longest takes the first message. */
    private void handle() {
        draft.consumers = 1 + random.nextInt(2);
        long[] free = new long[draft.consumers];
        while (!waiting.isEmpty() && draft.attempts.size() < MOST_ATTEMPTS) {
            Waiting it = waiting.remove();
            int consumer = free.length == 2 && free[1] < free[0] ? 1 : 0;
            if (free[consumer] == Long.MAX_VALUE) {
                return;
            }
            Message message = message(it.id()).withRetries(it.retries());
            long started = Math.max(it.due(), free[consumer]) + some(2);
            boolean hangs = random.nextInt(30) == 0;
            long ended = hangs ? Long.MAX_VALUE : started + some(4);
            Result result = hangs ? Result.RUNNING : random.nextInt(5) < 2 ? Result.SUCCEEDED : Result.FAILED;
            String failure = result == Result.FAILED ? Histories.FAILURE + ": " + it.retries() : "";
            draft.attempts.add(new Attempt("c" + consumer, message, free[consumer], started, ended, result, failure));
            free[consumer] = ended;
            if (result == Result.FAILED && it.retries() < message.maxRetries()) {
                waiting.add(new Waiting(it.id(), ended + delay(it.retries()), order++, it.retries() + 1));
            }
        }
    }

    private Message message(String id) {
        return draft.produces.stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow()
                .message();
    }

    private long delay(int k) {
        Backoff backoff = draft.config.backoff();
        double nominal = backoff.delayAfter(k).toNanos();
        return (long) (nominal * (1 - backoff.jitter() * random.nextDouble())) + some(2);
    }

    private void close() {
        long now = some(20);
        draft.closing = now;
        draft.attempts.removeIf(it -> it.started() > now);
        long idle = draft.attempts.stream().mapToLong(Attempt::ended).max().orElse(now);
        long drained = now + draft.config.drainTimeout().toNanos();
        draft.closed = Math.max(now, Math.min(idle, drained)) + some(2);
    }

    private void park() {
        draft.attempts.stream()
                .filter(it ->
                        it.failed() && it.message().retries() == it.message().maxRetries())
                .sorted(Comparator.comparingLong(Attempt::ended))
                .forEach(it -> draft.deadLetters.add(new DeadLetter(
                        it.message(),
                        it.message().retries() + 1,
                        Histories.FAILURE,
                        "" + it.message().retries())));
    }

    private void sample() {
        List<Long> times = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            times.add(Math.min(some(20), draft.closed));
        }
        times.sort(null);
        times.add(draft.closed == Long.MAX_VALUE ? 1_000 * UNIT : draft.closed);
        for (long time : times) {
            draft.samples.add(new MetricsSample(time, time + some(2), metricsAt(time)));
        }
    }

    private QueueMetrics metricsAt(long time) {
        long produced = effects.stream().filter(it -> it <= time).count();
        long consumed = draft.attempts.stream()
                .filter(it -> it.succeeded() && it.ended() <= time)
                .count();
        long failed = draft.attempts.stream()
                .filter(it -> it.failed() && it.ended() <= time)
                .count();
        long inFlight = draft.attempts.stream()
                .filter(it -> it.started() <= time && it.ended() > time)
                .count();
        long dead = draft.attempts.stream()
                .filter(it -> it.failed() && it.ended() <= time)
                .filter(it -> it.message().retries() == it.message().maxRetries())
                .count();
        return new QueueMetrics(produced, consumed, failed, inFlight, dead);
    }

    private long some(int bound) {
        return random.nextInt(bound) * UNIT;
    }
}
