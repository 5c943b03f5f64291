package org.brokertck.tck.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.brokertck.api.message.Message;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.check.MetricsExact;
import org.brokertck.tck.check.NoInvention;
import org.brokertck.tck.check.NoLoss;
import org.brokertck.tck.check.OneSuccess;
import org.brokertck.tck.scenario.Messages;
import org.brokertck.tck.spec.Verifies;
import org.brokertck.tck.time.Bounded;
import org.brokertck.tck.time.Bounded.Running;
import org.junit.jupiter.api.Test;

/** Every method may be called from many threads at once. */
public interface ConcurrencyRules extends QueueRules {
    @Test
    @Verifies("G-4")
    default void allMethodsMayBeCalledAtOnce() {
        callAllAtOnce(4, 4, isRemote() ? 40 : 1000);
    }

    @Property
    @Verifies("G-4")
    default void allMethodsMayBeCalledByAnyNumberOfThreads(
            @ForAll @IntRange(min = 1, max = 6) int producers, @ForAll @IntRange(min = 1, max = 4) int consumers) {
        callAllAtOnce(producers, consumers, isRemote() ? 10 : 100);
    }

    private boolean isRemote() {
        return target().capabilities().contains(Capability.REMOTE);
    }

    private void callAllAtOnce(int producers, int consumers, int messages) {
        try (QueueUnderTest queue =
                QueueUnderTest.open(this, "G-4", config().capacity(100_000).build())) {
            List<Running<Boolean>> callers = new ArrayList<>();
            for (int p = 0; p < producers; p++) {
                String producer = "producer-" + p;
                callers.add(Bounded.startRun(
                        producer,
                        () -> IntStream.range(0, messages)
                                .forEach(i -> queue.recorded().produce(producer, message(producer + "-" + i)))));
            }
            for (int c = 0; c < consumers; c++) {
                callers.add(Bounded.startRun("consumer", () -> queue.recorded().consume(message -> {})));
            }
            callers.add(Bounded.startRun(
                    "joins and leaves",
                    () -> IntStream.range(0, 5)
                            .forEach(
                                    i -> queue.recorded().consume(message -> {}).close())));
            callers.add(Bounded.startRun(
                    "metrics",
                    () -> IntStream.range(0, 20).forEach(i -> queue.unrecorded().metrics())));
            callers.add(Bounded.startRun(
                    "dead letters",
                    () -> IntStream.range(0, 20).forEach(i -> {
                        queue.unrecorded().deadLetters().list(10);
                        queue.unrecorded().deadLetters().redrive();
                        queue.unrecorded().deadLetters().purge();
                    })));
            callers.forEach(it -> queue.call(
                    "a call among many",
                    timeouts().await().multipliedBy(2),
                    () -> it.await(timeouts().await())));
            queue.judgeSettled(
                    new NoInvention().and(new NoLoss()).and(new OneSuccess()).and(new MetricsExact()));
        }
    }

    private static Message message(String id) {
        return Messages.message(id);
    }
}
