package org.brokertck.tck.broker;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.brokertck.api.message.Message;
import org.brokertck.tck.check.broker.InProducerOrder;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.scenario.Gate;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.StillWaiting;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** What a handler may do with its own broker. */
public interface ReentrancyRules extends BrokerRules {
    /** To its own topic and to another one, which it subscribes to first. */
    @Test
    @Verifies("B-1")
    default void aHandlerMayProduceAndSubscribe() {
        List<Message> questions = Messages.numbered(3);
        Set<String> due = questions.stream()
                .flatMap(it -> Stream.of(it.id(), "answer-to-" + it.id()))
                .collect(Collectors.toCollection(TreeSet::new));
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        Set<String> all = new ConcurrentSkipListSet<>();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "B-1")) {
            broker.subscribe("order.created", message -> {
                try {
                    // What comes again was answered before.
                    if (all.add(message.id()) && !message.id().startsWith("answer-to-")) {
                        answer(broker.recorded(), message.id());
                    }
                } catch (RuntimeException | Error e) {
                    failures.add(message.id() + ": " + e);
                }
            });
            broker.produceAll("order.created", questions);
            broker.happensWithin(timeouts().await().multipliedBy(2), () -> all.equals(due) || !failures.isEmpty());
            broker.require(
                    failures.isEmpty(),
                    "a handler produced and subscribed, as it may, and that failed for these messages: " + failures);
            broker.require(
                    all.equals(due),
                    "a handler produced and subscribed, as it may, and heard %s where %s are due".formatted(all, due));
            broker.judge(new InProducerOrder());
        }
    }

    private static void answer(RecordedTopics topics, String question) {
        String topic = "answers.to-" + question;
        RecordedTopics.Heard answers = topics.subscribe(topic, message -> {});
        topics.produce("handler", topic, Messages.message("for-" + question));
        answers.close();
        topics.produce("handler", "order.created", Messages.message("answer-to-" + question));
    }

    /** The handler has only begun it, and is itself what whoever closes again has to wait for. */
    @Test
    @Verifies("G-3")
    default void whoeverClosesAfterAHandlerWaitsForThatHandler() {
        Gate gate = new Gate(timeouts().recovery());
        AtomicInteger finished = new AtomicInteger();
        try (BrokerUnderTest broker = BrokerUnderTest.open(this, "G-3")) {
            broker.subscribe("order.created", message -> {
                broker.unrecorded().close();
                gate.handle(message);
                finished.incrementAndGet();
            });
            broker.produce("order.created", Messages.message("closes"));
            broker.await("the return of a close from inside a handler", () -> gate.inside() == 1);
            Running<Boolean> close = Bounded.startRun("close", broker.unrecorded()::close);
            broker.require(
                    broker.stays(StillWaiting.in(close)),
                    "close returned for a broker whose handler had closed it and still ran");
            gate.open();
            broker.run(
                    "close",
                    timeouts().await().multipliedBy(2),
                    () -> close.await(timeouts().await()));
            broker.require(
                    finished.get() >= 1, "a handler was cut off by the close of a broker that it had closed itself");
            broker.closeNow();
        } finally {
            gate.open();
        }
    }
}
