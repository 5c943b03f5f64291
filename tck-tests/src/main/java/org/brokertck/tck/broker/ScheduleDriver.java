package org.brokertck.tck.broker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.brokertck.api.ClosedException;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.multibroker.Health;
import org.brokertck.tck.scenario.HoldingHandler;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Polling;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.brokertck.tck.time.TckTimeouts;
import org.brokertck.tck.workload.broker.BrokerSchedule;
import org.brokertck.tck.workload.broker.BrokerStep;

/**
 * Carries out a schedule, one step after another: what is due must come before the next one, and nothing else may, save what was heard
 * before. Whether the message that a handler has takes a place, and whether places are counted at all, is left to the broker, so that
 * some produces may wait or not; but none may go on waiting while every subscriber has room either way.
 */
final class ScheduleDriver {
    private static final List<String> TOPICS = List.of("order.created", "order.paid");
    private static final int MOST_SUBSCRIBERS = 4;

    /** A produce that has not returned yet. */
    private record Produce(String topic, Running<Boolean> call, int begun) {}

    private final BrokerUnderTest broker;
    private final BrokerSchedule schedule;
    private final TckTimeouts timeouts;
    private final List<ScheduledSubscriber> subscribers = new ArrayList<>();
    private final Map<String, Produce> waiting = new LinkedHashMap<>();
    private final List<ScheduledSubscriber> gone = new ArrayList<>();
    private int produced;
    private int number;
    private String step = "its opening";

    private ScheduleDriver(BrokerUnderTest broker, BrokerSchedule schedule) {
        this.broker = broker;
        this.schedule = schedule;
        this.timeouts = broker.timeouts();
    }

    /** Fails the test when something due does not come after some step, or something comes that is not due. */
    static void judge(BrokerRules tests, String ruleId, BrokerSchedule schedule) {
        BrokerConfig config = tests.config()
                .capacity(schedule.capacity())
                .produceTimeout(tests.timeouts().await().multipliedBy(10))
                .drainTimeout(tests.timeouts().await().multipliedBy(10))
                .build();
        try (BrokerUnderTest broker = BrokerUnderTest.open(tests, ruleId, config)) {
            ScheduleDriver driver = new ScheduleDriver(broker, schedule);
            try {
                driver.run();
            } finally {
                driver.release();
            }
        }
    }

    private void run() {
        for (BrokerStep next : schedule.steps()) {
            number++;
            step = "step %d (%s)".formatted(number, next);
            perform(next);
            comeToRest();
        }
        close();
    }

    /** From here on no handler holds anything, those of subscribers that have left included. */
    private void release() {
        Stream.concat(subscribers.stream(), gone.stream())
                .forEach(it -> it.handler().release());
    }

    private void perform(BrokerStep next) {
        String topic = TOPICS.get(next.which() % TOPICS.size());
        switch (next.kind()) {
            case PRODUCE -> produce(topic);
            case SUBSCRIBE -> subscribe(topic);
            case LEAVE ->
                next.pick(subscribers.stream()
                                .filter(it -> !it.handler().leaving())
                                .toList())
                        .ifPresent(this::leave);
            case AGAIN -> next.pick(gone).ifPresent(this::close);
            case SUCCEED -> next.pick(holding()).ifPresent(it -> end(it, false));
            case FAIL -> next.pick(holding()).ifPresent(it -> end(it, true));
            case INTERRUPT -> next.pick(blocked()).ifPresent(this::interrupt);
        }
    }

    private List<ScheduledSubscriber> holding() {
        return subscribers.stream().filter(ScheduledSubscriber::holds).toList();
    }

    private void produce(String topic) {
        Message message = Messages.message("m-" + produced++);
        String id = message.id();
        Running<Boolean> call =
                Bounded.startRun("produce " + id, () -> broker.recorded().produce(id, topic, message));
        waiting.put(id, new Produce(topic, call, number));
    }

    private void subscribe(String topic) {
        // Whether a new one hears what is waiting already is left to the broker.
        if (subscribers.size() < MOST_SUBSCRIBERS && !anyWaits(topic)) {
            HoldingHandler handler = new HoldingHandler(timeouts.await().multipliedBy(10));
            subscribers.add(new ScheduledSubscriber(topic, handler, broker.subscribe(topic, handler)));
        }
    }

    private boolean anyWaits(String topic) {
        return waiting.values().stream().anyMatch(it -> it.topic().equals(topic));
    }

    private void leave(ScheduledSubscriber subscriber) {
        if (subscriber.holds()) {
            broker.require(
                    subscriber.handler().leaves(timeouts.await()),
                    "%s: the close of a subscription from inside its handler did not return".formatted(step));
        } else if (!anyWaits(subscriber.topic())) {
            subscribers.remove(subscriber);
            gone.add(subscriber);
            close(subscriber);
        }
    }

    /** Closes one that has left, or waits for nothing; a message that it has heard before may come once more meanwhile. */
    private void close(ScheduledSubscriber subscriber) {
        String what = "close of " + subscriber.name();
        Running<Boolean> close = Bounded.startRun(what, subscriber.handler()::close);
        Polling.until(
                timeouts.await(),
                () -> {
                    takeNote();
                    return close.isDone();
                },
                it -> it);
        broker.run(what, () -> close.await(timeouts.await()));
    }

    private void end(ScheduledSubscriber subscriber, boolean failing) {
        subscriber.ends(failing);
        if (subscriber.handler().leaving()) {
            subscribers.remove(subscriber);
            gone.add(subscriber);
        }
    }

    /** A broker that has room after all takes the message, and says so. */
    private void interrupt(String id) {
        Running<Boolean> call = Objects.requireNonNull(waiting.get(id)).call();
        Polling.until(timeouts.await(), call::isAtRest, it -> it);
        call.interrupt();
        if (isTaken("produce that is interrupted while it waits", call, OperationInterruptedException.class)) {
            admit(id);
        } else {
            waiting.remove(id);
        }
    }

    private boolean isTaken(String what, Running<Boolean> produce, Class<? extends RuntimeException> refusal) {
        return broker.call(what, () -> {
            try {
                return produce.await(timeouts.await().dividedBy(2));
            } catch (RuntimeException thrown) {
                if (refusal.isInstance(thrown)) {
                    return false;
                }
                throw thrown;
            }
        });
    }

    private void comeToRest() {
        Optional<String> due = Polling.until(
                timeouts.await(),
                () -> {
                    takeNote();
                    return due();
                },
                Optional::isEmpty);
        broker.require(due.isEmpty(), "after %s: %s".formatted(step, due.orElse("")));
    }

    private void takeNote() {
        List<String> returned = waiting.entrySet().stream()
                .filter(it -> it.getValue().call().isDone())
                .map(Map.Entry::getKey)
                .toList();
        // What was handed out since then made room, hence in this order.
        subscribers.forEach(it -> it.news().ifPresent(message -> given(it, message)));
        gone.forEach(it -> it.news().ifPresent(message -> givenTooLate(it, message)));
        for (String id : returned) {
            if (waiting.containsKey(id)) {
                admit(id);
            }
        }
    }

    private void given(ScheduledSubscriber subscriber, Message message) {
        Produce produce = waiting.get(message.id());
        if (produce != null && produce.topic().equals(subscriber.topic())) {
            // The handler was quicker than the producer.
            admit(message.id());
        }
        subscriber.given(message).ifPresent(this::violated);
    }

    private void givenTooLate(ScheduledSubscriber subscriber, Message message) {
        if (!subscriber.hasHeard(message.id())) {
            violated("%s was given %s after it had left".formatted(subscriber.name(), message.id()));
        }
        subscriber.given(message);
        subscriber.ends(false);
    }

    private void admit(String id) {
        Produce produce = Objects.requireNonNull(waiting.remove(id));
        broker.run("produce of " + id, () -> produce.call().await(timeouts.await()));
        subscribers.stream()
                .filter(it -> it.topic().equals(produce.topic()))
                .forEach(it -> it.isDue(id, produce.begun(), number));
    }

    private Stream<ScheduledSubscriber> hearing(String topic) {
        return subscribers.stream()
                .filter(it -> it.topic().equals(topic) && !it.handler().leaving());
    }

    /** The produces that wait for sure. */
    private List<String> blocked() {
        return waiting.keySet().stream()
                .filter(it -> isFull(Objects.requireNonNull(waiting.get(it)).topic()))
                .toList();
    }

    /** Whether some subscriber has no room, whichever way it is counted. */
    private boolean isFull(String topic) {
        return hearing(topic).anyMatch(it -> !it.mayHaveRoom(schedule.capacity()));
    }

    private void violated(String finding) {
        broker.require(false, "after %s: %s".formatted(step, finding));
    }

    /** What must happen and has not happened yet. */
    private Optional<String> due() {
        Optional<String> idle = subscribers.stream()
                .filter(ScheduledSubscriber::lacks)
                .findFirst()
                .map(it -> "%s is free, and is not given what waits for it".formatted(it.name()));
        return idle.or(() -> waiting.entrySet().stream()
                .filter(it -> roomFor(it.getValue().topic()))
                .findFirst()
                .map(it -> "produce of %s to '%s' goes on waiting, and every subscriber has room"
                        .formatted(it.getKey(), it.getValue().topic())));
    }

    private boolean roomFor(String topic) {
        return subscribers.stream()
                .filter(it -> it.topic().equals(topic))
                .allMatch(it -> it.mustHaveRoom(schedule.capacity()));
    }

    /** Two close it at once; handlers end when it is closed for everybody else. */
    private void close() {
        Running<Boolean> closer = Bounded.startRun("close", broker::closeNow);
        Running<Boolean> second = Bounded.startRun("second close", broker.unrecorded()::close);
        Health told = Polling.until(timeouts.await(), () -> broker.health().status(), Health.UNHEALTHY::equals);
        broker.require(told == Health.UNHEALTHY, "two threads closed the broker, and its health is " + told);
        waiting.forEach((id, produce) ->
                isTaken("produce that waits as the broker is closed", produce.call(), ClosedException.class));
        release();
        closer.await(timeouts.await().multipliedBy(2));
        broker.run("second close", () -> second.await(timeouts.await()));
    }
}
