package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.brokertck.api.BrokerException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.check.Check;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.QueueHistory;
import org.brokertck.tck.history.RecordedConsumer;
import org.brokertck.tck.history.RecordedQueue;
import org.brokertck.tck.run.Inconclusive;
import org.brokertck.tck.run.RuleViolation;
import org.brokertck.tck.scenario.Judge;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.scenario.Probe;
import org.brokertck.tck.spec.Rule;
import org.brokertck.tck.spec.SpecCatalogue;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.TckTimeouts;

/**
 * A fresh queue in the hands of a rule test: every call is recorded and must return in time, and a finding fails the test with
 * the rule's own sentence.
 */
final class QueueUnderTest implements AutoCloseable {
    private static final int ALL = 100_000;
    private static final int AT_A_TIME = 200;

    private final ConformanceTarget target;
    private final Probe probe;
    private final TckTimeouts timeouts;
    private final String name;
    private final RecordedQueue queue;
    private final List<RecordedConsumer> consumers = new ArrayList<>();
    private boolean closed;
    private boolean kept;

    private QueueUnderTest(
            ConformanceTarget target, Probe probe, TckTimeouts timeouts, String name, RecordedQueue queue) {
        this.target = target;
        this.probe = probe;
        this.timeouts = timeouts;
        this.name = name;
        this.queue = queue;
    }

    /** Opens a queue with the tests' usual settings. */
    static QueueUnderTest open(QueueRules tests, String ruleId) {
        return open(tests, ruleId, tests.config().build());
    }

    /** Opens a queue under a fresh name. */
    static QueueUnderTest open(QueueRules tests, String ruleId, QueueConfig config) {
        return open(tests, tests.target(), ruleId, Names.fresh(ruleId), config);
    }

    /** Opens a queue of that target under that name. */
    static QueueUnderTest open(
            QueueRules tests, ConformanceTarget target, String ruleId, String name, QueueConfig config) {
        Rule rule = SpecCatalogue.shipped().rule(ruleId);
        TckTimeouts timeouts = tests.timeouts();
        MessageQueue queue =
                Bounded.call(timeouts.recovery(), "openQueue " + name, () -> target.openQueue(name, config));
        return new QueueUnderTest(target, new Probe(rule), timeouts, name, new RecordedQueue(queue, config));
    }

    String name() {
        return name;
    }

    /** The queue itself, for calls whose failure is the test's subject. */
    MessageQueue unrecorded() {
        return queue.unrecorded();
    }

    RecordedQueue recorded() {
        return queue;
    }

    /** Produces; a message that is refused breaks the rule. */
    void produce(Message message) {
        call("produce " + message.id(), timeouts.await(), () -> {
            queue.produce("main", message);
            return true;
        });
    }

    /** Produces in turn. The wait is for some at a time, so that a queue which is slow with each is not taken for one that hangs. */
    void produceAll(List<Message> messages) {
        for (int from = 0; from < messages.size(); from += AT_A_TIME) {
            List<Message> some = messages.subList(from, Math.min(messages.size(), from + AT_A_TIME));
            call("produce " + some.size() + " messages", timeouts.await(), () -> {
                some.forEach(it -> queue.produce("main", it));
                return true;
            });
        }
    }

    RecordedConsumer consume(MessageHandler handler) {
        RecordedConsumer consumer = call("consume", timeouts.await(), () -> queue.consume(handler));
        consumers.add(consumer);
        return consumer;
    }

    void close(Consumer consumer) {
        call("close of a consumer", timeouts.await(), () -> {
            consumer.close();
            return true;
        });
    }

    QueueMetrics metrics() {
        return call("metrics", timeouts.await(), queue::metrics);
    }

    List<DeadLetter> deadLetters() {
        return call(
                "list of dead letters",
                timeouts.await(),
                () -> queue.unrecorded().deadLetters().list(ALL));
    }

    /** Makes a call that must return in time and throw nothing; what else it does breaks the rule. */
    <T> T call(String what, Duration limit, Supplier<T> call) {
        return probe.call(what, limit, call);
    }

    void run(String what, Runnable call) {
        probe.run(what, timeouts.await(), call);
    }

    /** Makes a call that must throw this; anything else breaks the rule. */
    <X extends RuntimeException> X refused(Class<X> expected, String what, Runnable call) {
        return probe.refused(expected, what, timeouts.await(), call);
    }

    /** Waits for something that must happen. */
    void await(String what, BooleanSupplier condition) {
        if (!happens(condition)) {
            throw violation(what + " did not happen within " + timeouts.await().toMillis() + " ms");
        }
    }

    /** Waits for something in the history; false when it does not come in time. */
    boolean happens(BooleanSupplier condition) {
        return queue.await(condition, timeouts.await());
    }

    /** Polls for something that the history does not tell; false when it does not come in time. */
    boolean happensWithin(Duration limit, BooleanSupplier condition) {
        return Polling.until(limit, condition::getAsBoolean, it -> it);
    }

    /** Waits until so many attempts have begun; false when they do not. */
    boolean awaitAttempts(int count) {
        return happens(() -> queue.attempts() >= count);
    }

    /** Waits until the metrics show this; the finding tells the last ones when they do not. */
    void awaitMetrics(String what, java.util.function.Predicate<QueueMetrics> expected) {
        QueueMetrics last = Polling.until(timeouts.await(), this::metrics, expected);
        require(expected.test(last), what + ", but the metrics stayed at " + last);
    }

    /**
     * Waits until every produced message is settled and the metrics have come to rest. Where nothing at all happens for a
     * good part of the wait nothing more is expected, so that a run over a broken queue comes to its end.
     */
    void awaitSettled() {
        Duration stalled = timeouts.await().dividedBy(3);
        // A slow queue is given more time as long as it goes on.
        Duration longest = timeouts.await().multipliedBy(3);
        boolean ended = queue.await(() -> queue.isSettled() || queue.still().compareTo(stalled) > 0, longest);
        if (ended && queue.isSettled()) {
            Polling.until(timeouts.await(), this::metrics, QueueUnderTest::atRest);
        }
    }

    private static boolean atRest(QueueMetrics metrics) {
        // More than was produced where a fault had a message handled twice.
        return metrics.inFlight() == 0 && metrics.consumed() + metrics.deadLetters() >= metrics.produced();
    }

    /** Nothing more may happen: waits the quiet period, and tells whether the condition still holds. */
    boolean stays(BooleanSupplier condition) {
        return !queue.await(() -> !condition.getAsBoolean(), timeouts.quiet());
    }

    /** What happened so far, dead letters included. */
    QueueHistory history() {
        return queue.history(closed ? List.of() : deadLetters());
    }

    /** Fails the test when the check finds the rule broken, or cannot tell. */
    void judge(Check<QueueHistory> check) {
        Judge.require(probe.rule(), check.judge(history()));
    }

    /** Judges what must have settled: an unsettled history that shows nothing wrong tells nothing. */
    void judgeSettled(Check<QueueHistory> check) {
        awaitSettled();
        QueueHistory history = history();
        Judge.require(probe.rule(), check.judge(history));
        if (!history.settled()) {
            throw new Inconclusive(probe.rule(), "not every message was settled in time, which is the subject of Q-1");
        }
    }

    void require(boolean holds, String finding, Moment... witnesses) {
        probe.require(holds, finding, witnesses);
    }

    RuleViolation violation(String finding, Moment... witnesses) {
        return probe.violation(finding, witnesses);
    }

    /** Closes the queue now, as part of the test. */
    void closeNow() {
        closed = true;
        call("close", timeouts.await().plus(timeouts.tolerance()), () -> {
            queue.close();
            return true;
        });
    }

    /** Closes the queue now; what a server keeps of it stays, to be opened again. */
    void closeForReopening() {
        kept = true;
        closeNow();
    }

    /** Cleans up. A queue that cannot be closed leaves the test without a verdict, since close is not its subject. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                Bounded.run(timeouts.await().plus(timeouts.tolerance()), "close", queue::close);
            } catch (RuntimeException | Error e) {
                throw new Inconclusive(probe.rule(), "the queue could not be closed after the test: " + e);
            }
        }
        if (!kept) {
            remove();
        }
    }

    private void remove() {
        try {
            Bounded.run(timeouts.await(), "removeQueue", () -> target.removeQueue(name));
        } catch (BrokerException | Bounded.StuckException e) {
            // What stays behind on a server that a fault keeps out of reach is no verdict on the rule.
        }
    }
}
