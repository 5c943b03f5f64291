package org.brokertck.tck.multibroker;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.tck.check.broker.NothingInvented;
import org.brokertck.tck.check.broker.NothingLost;
import org.brokertck.tck.history.broker.RecordedTopics;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.scenario.Thrown;
import org.brokertck.tck.spec.Verifies;
import org.junit.jupiter.api.Test;

/** A handler that throws never kills the delivery of other messages, and what it throws reaches the broker, which counts it. */
public interface HandlerRules extends MultiBrokerRules {
    @Test
    @Verifies("G-12")
    default void whateverAHandlerThrowsTheNextMessageComes() {
        hear(List.of(Thrown.values()));
    }

    @Property
    @Verifies("G-12")
    default void anyThrowingHandlersLoseNothing(@ForAll @Size(min = 1, max = 12) List<Thrown> thrown) {
        hear(thrown);
    }

    private void hear(List<Thrown> thrown) {
        try (MultiUnderTest multi = MultiUnderTest.open(this, "G-12")) {
            multi.add("a", "b");
            AtomicInteger seen = new AtomicInteger();
            MessageHandler handler = message ->
                    thrown.get(seen.getAndIncrement() % thrown.size()).happen();
            multi.subscribe("order.created", handler);
            RecordedTopics.Heard calm = multi.subscribe("order.created");
            multi.produceAll("order.created", Messages.numbered(3 * thrown.size()));
            multi.judgeSettled(new NothingLost().and(new NothingInvented()));
            multi.await(
                    calm.name() + " receiving everything beside a handler that throws",
                    () -> multi.history().handledBy(calm.name()).size() >= 3 * thrown.size());
        }
    }

    /** Whoever closes from inside waits for nobody, least of all for himself. */
    @Test
    @Verifies("G-3")
    default void aHandlerMayCloseItsOwnSubscription() {
        CompletableFuture<RecordedTopics.Heard> self = new CompletableFuture<>();
        CompletableFuture<String> ending = new CompletableFuture<>();
        try (MultiUnderTest multi = MultiUnderTest.open(this, "G-3")) {
            multi.add("a", "b");
            RecordedTopics.Heard leaving = multi.subscribe("order.created", message -> {
                try {
                    self.join().close();
                    ending.complete("returned");
                } catch (RuntimeException | Error e) {
                    ending.complete("threw " + e);
                }
            });
            self.complete(leaving);
            RecordedTopics.Heard staying = multi.subscribe("order.created");
            multi.produce("order.created", "first");
            multi.happens(ending::isDone);
            String ended = ending.getNow("did not return within " + timeouts().await());
            multi.require(ended.equals("returned"), "close of a subscription by its own handler " + ended);
            for (int i = 0; i < 4; i++) {
                multi.produce("order.created", "later-" + i);
            }
            multi.await(
                    staying.name() + " receiving what was produced",
                    () -> multi.history().handledBy(staying.name()).size() >= 5);
            multi.require(
                    multi.stays(() -> multi.history().handledBy(leaving.name()).size() == 1),
                    "a subscription was closed by its own handler and heard %s afterwards"
                            .formatted(multi.history().handledBy(leaving.name())));
        }
    }

    /** To a topic that it subscribes to first, and to its own. */
    @Test
    @Verifies("M-7")
    default void aHandlerMayProduceAndSubscribe() {
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger answers = new AtomicInteger();
        try (MultiUnderTest multi = MultiUnderTest.open(this, "M-7")) {
            multi.add("a", "b");
            multi.subscribe("order.created", message -> {
                if (!message.id().startsWith("m-")) {
                    answers.incrementAndGet();
                    return;
                }
                try {
                    String topic = "answers.to-" + message.id();
                    multi.recorded().subscribe(topic, answer -> answers.incrementAndGet());
                    multi.recorded().produce("handler", topic, Messages.message("for-" + message.id()));
                    multi.recorded().produce("handler", "order.created", Messages.message("after-" + message.id()));
                } catch (RuntimeException | Error e) {
                    failures.add(message.id() + ": " + e);
                }
            });
            multi.produceAll("order.created", Messages.numbered(4));
            multi.happens(() -> answers.get() >= 8 || !failures.isEmpty());
            multi.require(
                    failures.isEmpty(),
                    "a handler produced and subscribed, as it may, and that failed for these messages: " + failures);
            multi.require(
                    answers.get() >= 8,
                    "a handler produced and subscribed, as it may, and %d messages were heard of that where 8 are due"
                            .formatted(answers.get()));
        }
    }
}
