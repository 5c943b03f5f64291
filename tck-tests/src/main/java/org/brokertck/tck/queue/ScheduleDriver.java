package org.brokertck.tck.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.QueueFullException;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.Backoff;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.ManualClock;
import org.brokertck.api.target.VirtualTime;
import org.brokertck.tck.scenario.HoldingHandler;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Names;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.time.TckTimeouts;
import org.brokertck.tck.workload.QueueSchedule;
import org.brokertck.tck.workload.QueueStep;

/**
 * Carries out a schedule, one step after another, and compares the queue with the model when each has come to rest. Where the target
 * has no manual clock, retries are due at once and no time passes.
 */
final class ScheduleDriver {
    /** In virtual time: all steps' delays together are less than a produce timeout, and very many of those less than a drain. */
    private static final Duration DELAY = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration DRAIN = Duration.ofDays(365);
    private static final int MOST_CONSUMERS = 3;

    private final QueueUnderTest queue;
    private final Optional<ManualClock> clock;
    private final QueueSchedule schedule;
    private final TckTimeouts timeouts = TckTimeouts.current();
    private final QueueModel model;
    private final ScheduledDeadLetters parked;
    private final List<HoldingHandler> consumers = new ArrayList<>();
    private final List<HoldingHandler> gone = new ArrayList<>();
    private final Map<String, Running<Boolean>> producers = new LinkedHashMap<>();
    private int produced;
    private String step = "its opening";

    private ScheduleDriver(QueueUnderTest queue, Optional<ManualClock> clock, QueueSchedule schedule) {
        this.queue = queue;
        this.clock = clock;
        this.schedule = schedule;
        this.model = new QueueModel(schedule.capacity());
        this.parked = new ScheduledDeadLetters(queue, model);
    }

    /** Fails the test when the queue is not what the model says after some step. */
    static void judge(QueueRules tests, String ruleId, QueueSchedule schedule) {
        Optional<VirtualTime> time = tests.target().virtualTime();
        QueueConfig config = tests.config()
                .capacity(schedule.capacity())
                .backoff(Backoff.fixed(time.isPresent() ? DELAY : Duration.ZERO))
                .produceTimeout(PATIENCE)
                .drainTimeout(DRAIN)
                .build();
        try (QueueUnderTest queue = QueueUnderTest.open(
                tests, time.map(VirtualTime::target).orElse(tests.target()), ruleId, Names.fresh(ruleId), config)) {
            ScheduleDriver driver = new ScheduleDriver(queue, time.map(VirtualTime::clock), schedule);
            try {
                driver.run();
            } finally {
                driver.consumers.forEach(HoldingHandler::release);
            }
        }
    }

    private void run() {
        for (int i = 0; i < schedule.steps().size(); i++) {
            QueueStep next = schedule.steps().get(i);
            step = "step %d (%s)".formatted(i + 1, next);
            perform(next);
            comeToRest();
        }
        step = "the close";
        close();
    }

    private void perform(QueueStep next) {
        switch (next.kind()) {
            case PRODUCE -> produce(next.maxRetries());
            case JOIN -> join();
            case LEAVE ->
                next.pick(consumers.stream().filter(it -> !it.leaving()).toList())
                        .ifPresent(this::leave);
            case AGAIN -> next.pick(gone).ifPresent(it -> queue.close(it::close));
            case SUCCEED -> next.pick(holding()).ifPresent(it -> end(it, false));
            case FAIL -> next.pick(holding()).ifPresent(it -> end(it, true));
            case INTERRUPT -> next.pick(List.copyOf(producers.keySet())).ifPresent(this::interrupt);
            case REDRIVE -> parked.redrive(step, next.limit());
            case PURGE -> parked.purge(step);
            case PASS -> clock.ifPresent(this::pass);
            case GIVE_UP -> clock.ifPresent(this::giveUp);
        }
    }

    private List<HoldingHandler> holding() {
        return consumers.stream().filter(it -> it.held() != null).toList();
    }

    private void produce(int maxRetries) {
        Message message = Messages.message("m-" + produced++, maxRetries);
        model.produces(message);
        producers.put(
                message.id(),
                Bounded.startRun(
                        "produce " + message.id(), () -> queue.recorded().produce(message.id(), message)));
    }

    private void join() {
        if (consumers.size() < MOST_CONSUMERS) {
            HoldingHandler consumer = new HoldingHandler(timeouts.await().multipliedBy(20));
            consumers.add(consumer);
            model.joins();
            // The message may be in its hands before the consumer is in ours.
            consumer.endsWith(queue.consume(consumer)::close);
        }
    }

    private void leave(HoldingHandler consumer) {
        if (consumer.held() == null) {
            queue.close(consumer::close);
            isGone(consumer);
            model.leaves();
        } else {
            queue.require(
                    consumer.leaves(timeouts.await()),
                    "%s: the close of a consumer from inside its handler did not return".formatted(step));
        }
    }

    private void end(HoldingHandler consumer, boolean failing) {
        String id = Objects.requireNonNull(consumer.held()).id();
        if (failing) {
            model.fails(id, consumer.leaving());
        } else {
            model.succeeds(id, consumer.leaving());
        }
        if (clock.isEmpty()) {
            model.delaysPass();
        }
        consumer.end(failing);
        if (consumer.leaving()) {
            isGone(consumer);
        }
    }

    private void isGone(HoldingHandler consumer) {
        consumers.remove(consumer);
        gone.add(consumer);
    }

    private void interrupt(String id) {
        Running<Boolean> producer = Objects.requireNonNull(producers.remove(id));
        Polling.until(timeouts.await(), producer::isAtRest, it -> it);
        producer.interrupt();
        requireRefused(OperationInterruptedException.class, "produce that is interrupted while it waits", id, producer);
    }

    private void requireRefused(
            Class<? extends RuntimeException> expected, String what, String id, Running<Boolean> producer) {
        queue.refused(expected, what, () -> producer.await(timeouts.await()));
        model.refused(id);
    }

    private void pass(ManualClock time) {
        time.advance(DELAY.plusMillis(1));
        model.delaysPass();
    }

    private void giveUp(ManualClock time) {
        // One that came to its wait only after the clock had moved has its timeout from then on.
        boolean all = Polling.until(
                timeouts.await(),
                () -> {
                    time.advance(PATIENCE.plusMillis(1));
                    return producers.values().stream().allMatch(Running::isDone);
                },
                it -> it);
        queue.require(all, "%s: a produce went on waiting after its produce timeout".formatted(step));
        producers.forEach((id, producer) ->
                requireRefused(QueueFullException.class, "produce that waits too long", id, producer));
        producers.clear();
        model.delaysPass();
    }

    private void comeToRest() {
        QueueModel.Rest expected = model.expected();
        QueueModel.Rest last = Polling.until(timeouts.await(), this::seen, expected::equals);
        queue.require(last.equals(expected), "after %s: %s; it should be: %s".formatted(step, last, expected));
        List<String> done = producers.entrySet().stream()
                .filter(it -> it.getValue().isDone())
                .map(Map.Entry::getKey)
                .toList();
        done.forEach(id -> {
            Running<Boolean> producer = Objects.requireNonNull(producers.remove(id));
            queue.call("produce of " + id, timeouts.await(), () -> producer.await(timeouts.await()));
            model.admits(id);
        });
        for (HoldingHandler consumer : holding()) {
            Message message = Objects.requireNonNull(consumer.held());
            if (!model.holds(message.id())) {
                model.hands(message).ifPresent(it -> queue.require(false, "after %s: %s".formatted(step, it)));
            }
        }
    }

    private QueueModel.Rest seen() {
        return new QueueModel.Rest(
                queue.metrics(),
                (int) producers.values().stream().filter(it -> !it.isDone()).count(),
                holding().size());
    }

    /** Two close it at once; handlers end when it is closed for everybody else. */
    private void close() {
        Running<Boolean> closer = Bounded.startRun("close", queue::closeNow);
        Running<Boolean> second = Bounded.startRun("second close", queue.unrecorded()::close);
        boolean told = Polling.until(timeouts.await(), this::isClosed, it -> it);
        queue.require(told, "a list of dead letters was not refused while two threads closed the queue");
        producers.forEach((id, producer) ->
                requireRefused(ClosedException.class, "produce that waits as the queue is closed", id, producer));
        List<HoldingHandler> running = holding();
        Map<HoldingHandler, Integer> begun =
                consumers.stream().collect(Collectors.toMap(it -> it, HoldingHandler::begun));
        for (int i = 0; i < running.size(); i++) {
            end(running.get(i), schedule.failsAtTheEnd(i));
        }
        Polling.until(
                timeouts.await().multipliedBy(2),
                () -> {
                    // Until close returns, a handler may still start.
                    begun.replaceAll(this::endLateOne);
                    return closer.isDone() && second.isDone();
                },
                it -> it);
        closer.await(timeouts.await());
        queue.call("second close", timeouts.await().multipliedBy(2), () -> second.await(timeouts.await()));
        QueueModel.Rest last = new QueueModel.Rest(queue.metrics(), 0, holding().size());
        QueueModel.Rest expected = model.closed();
        queue.require(
                last.equals(expected),
                "after %s, with %d handlers that ended meanwhile: %s; it should be: %s"
                        .formatted(step, running.size(), last, expected));
    }

    private int endLateOne(HoldingHandler consumer, int known) {
        Message message = consumer.held();
        if (consumer.begun() == known || message == null) {
            return known;
        }
        model.hands(message).ifPresent(it -> queue.require(false, "during " + step + ": " + it));
        model.succeeds(message.id(), true);
        consumer.end(false);
        return known + 1;
    }

    private boolean isClosed() {
        try {
            queue.unrecorded().deadLetters().list(1);
            return false;
        } catch (ClosedException told) {
            return true;
        }
    }
}
