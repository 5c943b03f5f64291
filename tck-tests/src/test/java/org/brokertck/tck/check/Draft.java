package org.brokertck.tck.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.tck.history.Attempt;
import org.brokertck.tck.history.Attempt.Result;
import org.brokertck.tck.history.ConsumerSpan;
import org.brokertck.tck.history.MetricsSample;
import org.brokertck.tck.history.Outcome;
import org.brokertck.tck.history.ProduceCall;
import org.brokertck.tck.history.QueueHistory;

/** A history that can still be changed. */
final class Draft {
    QueueConfig config = QueueConfig.defaults();
    List<ProduceCall> produces = new ArrayList<>();
    List<Attempt> attempts = new ArrayList<>();
    List<MetricsSample> samples = new ArrayList<>();
    List<DeadLetter> deadLetters = new ArrayList<>();
    int consumers;
    /** When the first consumer's close returned. */
    long firstClosed = Long.MAX_VALUE;

    long closing = Long.MAX_VALUE;
    long closed = Long.MAX_VALUE;

    QueueHistory history() {
        List<ConsumerSpan> spans = IntStream.range(0, consumers)
                .mapToObj(i -> {
                    long end = i == 0 ? firstClosed : Long.MAX_VALUE;
                    return new ConsumerSpan("c" + i, 0, end, end);
                })
                .toList();
        return new QueueHistory(config, produces, attempts, spans, samples, deadLetters, closing, closed, isSettled());
    }

    private boolean isSettled() {
        return attempts.stream().noneMatch(it -> it.result() == Result.RUNNING)
                && produces.stream().filter(it -> it.outcome() == Outcome.OK).allMatch(it -> isSettled(it.message()))
                && attempts.stream().allMatch(it -> isSettled(it.message()));
    }

    private boolean isSettled(Message message) {
        List<Attempt> all =
                attempts.stream().filter(it -> it.id().equals(message.id())).toList();
        return all.size() > message.maxRetries() || all.stream().anyMatch(Attempt::succeeded);
    }

    /** The smallest draft that still has this property: drops events one at a time for as long as it keeps it. */
    Draft shrunk(Predicate<Draft> property) {
        return smaller()
                .filter(property)
                .findFirst()
                .map(it -> it.shrunk(property))
                .orElse(this);
    }

    private Stream<Draft> smaller() {
        return Stream.of(
                        without(it -> it.produces),
                        without(it -> it.attempts),
                        without(it -> it.samples),
                        without(it -> it.deadLetters))
                .flatMap(it -> it);
    }

    private Stream<Draft> without(Function<Draft, List<?>> events) {
        return IntStream.range(0, events.apply(this).size()).mapToObj(i -> {
            Draft copy = copy();
            events.apply(copy).remove(i);
            return copy;
        });
    }

    private Draft copy() {
        Draft copy = new Draft();
        copy.config = config;
        copy.produces = new ArrayList<>(produces);
        copy.attempts = new ArrayList<>(attempts);
        copy.samples = new ArrayList<>(samples);
        copy.deadLetters = new ArrayList<>(deadLetters);
        copy.consumers = consumers;
        copy.firstClosed = firstClosed;
        copy.closing = closing;
        copy.closed = closed;
        return copy;
    }
}
