package org.brokertck.tck.check;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.Attempt.Result;
import org.brokertck.tck.history.Histories;
import org.brokertck.tck.history.MetricsSample;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.ProduceCall;

/** Small random histories: executions of a correct queue, most of which are then spoilt a little or beyond recognition. */
final class RandomHistories {
    private static final List<Result> RESULTS = List.of(Result.values());
    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    private final Random random;

    RandomHistories(Random random) {
        this.random = random;
    }

    Draft next() {
        Draft draft = RandomExecutions.next(random);
        int spoilt = any(List.of(0, 0, 1, 1, 2, 3, 8, 20));
        for (int i = 0; i < spoilt; i++) {
            spoil(draft);
        }
        return draft;
    }

    private void spoil(Draft it) {
        switch (random.nextInt(13)) {
            case 0, 1 -> change(it.attempts, this::moved);
            case 10 -> change(it.attempts, this::delayed);
            case 2 -> change(it.attempts, this::otherResult);
            case 3 -> change(it.attempts, this::otherMessage);
            case 4 -> change(it.attempts, this::otherConsumer);
            case 5 -> dropOrRepeat(it.attempts);
            case 6 -> change(it.produces, this::otherwise);
            case 7 -> change(it.samples, this::miscounted);
            case 8 -> {
                dropOrRepeat(it.deadLetters);
                change(it.deadLetters, this::lied);
            }
            case 9 -> Collections.reverse(it.deadLetters);
            case 11 -> it.firstClosed = units(40);
            default -> {
                it.closing = random.nextInt(4) == 0 ? Long.MAX_VALUE : units(20);
                it.closed = it.closing == Long.MAX_VALUE ? Long.MAX_VALUE : it.closing + units(8);
            }
        }
    }

    private <T> void change(List<T> all, UnaryOperator<T> change) {
        if (!all.isEmpty()) {
            int i = random.nextInt(all.size());
            all.set(i, change.apply(all.get(i)));
        }
    }

    private <T> void dropOrRepeat(List<T> all) {
        if (all.isEmpty()) {
            return;
        }
        int i = random.nextInt(all.size());
        if (random.nextBoolean()) {
            all.remove(i);
        } else if (all.size() < 10) {
            all.add(random.nextInt(all.size() + 1), all.get(i));
        }
    }

    private Attempt moved(Attempt it) {
        long started = Math.max(0, it.started() + units(9) - 4 * RandomExecutions.UNIT);
        long ended = it.result() == Result.RUNNING ? Long.MAX_VALUE : started + units(4);
        long free = Math.max(0, started - units(6));
        return new Attempt(it.consumer(), it.message(), free, started, ended, it.result(), it.failure());
    }

    /** The same, a little earlier or later. */
    private Attempt delayed(Attempt it) {
        long by = (random.nextInt(9) - 3) * RandomExecutions.UNIT;
        boolean runs = it.result() == Result.RUNNING;
        return new Attempt(
                it.consumer(),
                it.message(),
                Math.min(it.freeSince(), it.started() + by),
                it.started() + by,
                runs ? Long.MAX_VALUE : it.ended() + by,
                it.result(),
                it.failure());
    }

    private Attempt otherResult(Attempt it) {
        Result result = any(RESULTS);
        long ended = result == Result.RUNNING ? Long.MAX_VALUE : it.started() + units(4);
        String failure = result == Result.FAILED ? Histories.FAILURE + ": " + random.nextInt(2) : "";
        return new Attempt(it.consumer(), it.message(), it.freeSince(), it.started(), ended, result, failure);
    }

    private Attempt otherMessage(Attempt it) {
        Message message = other(it.message());
        return new Attempt(it.consumer(), message, it.freeSince(), it.started(), it.ended(), it.result(), it.failure());
    }

    private Message other(Message it) {
        return switch (random.nextInt(6)) {
            case 0 -> it.toBuilder().topic("changed").build();
            case 1 -> it.toBuilder().id("x").maxRetries(1).build();
            default -> it.withRetries(random.nextInt(3));
        };
    }

    private Attempt otherConsumer(Attempt it) {
        String consumer = "c" + random.nextInt(2);
        return new Attempt(consumer, it.message(), it.freeSince(), it.started(), it.ended(), it.result(), it.failure());
    }

    private ProduceCall otherwise(ProduceCall it) {
        long invoked = units(12);
        Outcome outcome = random.nextBoolean() ? Outcome.OK : any(OUTCOMES);
        long returned = outcome == Outcome.PENDING ? Long.MAX_VALUE : invoked + units(5);
        String detail = outcome == Outcome.REFUSED ? "full" : "";
        return new ProduceCall(it.producer(), it.message(), invoked, returned, outcome, detail);
    }

    private MetricsSample miscounted(MetricsSample it) {
        QueueMetrics m = it.metrics();
        return new MetricsSample(
                it.asked(),
                it.answered(),
                new QueueMetrics(
                        m.produced() + off(),
                        m.consumed() + off(),
                        m.failed() + off(),
                        m.inFlight() + off(),
                        m.deadLetters() + off()));
    }

    /** Mostly 0. */
    private int off() {
        return random.nextInt(4) == 0 ? random.nextInt(3) - 1 : 0;
    }

    private DeadLetter lied(DeadLetter it) {
        return switch (random.nextInt(6)) {
            case 0 -> new DeadLetter(it.message(), 1 + random.nextInt(3), it.failureType(), it.failureText());
            case 1 -> new DeadLetter(it.message(), it.attempts(), it.failureType(), "" + random.nextInt(3));
            case 2 -> new DeadLetter(other(it.message()), it.attempts(), it.failureType(), it.failureText());
            default -> it;
        };
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private long units(int bound) {
        return random.nextInt(bound) * RandomExecutions.UNIT;
    }
}
