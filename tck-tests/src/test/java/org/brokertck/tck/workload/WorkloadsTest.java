package org.brokertck.tck.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.brokertck.api.queue.Backoff;
import org.junit.jupiter.api.Test;

/** Random workloads are what they say, whatever the seed. */
class WorkloadsTest {
    @Property(tries = 200)
    void calmOnesFailNowhere(@ForAll(supplier = Workloads.Calm.class) QueueWorkload workload) {
        requireSound(workload);
        assertThat(workload.messagesById().values()).allMatch(it -> it.failures() == 0);
        assertThat(workload.consumers()).allMatch(it -> it.leavesAfter() == PlannedConsumer.NEVER);
        assertThat(workload.closesAfter()).isEqualTo(PlannedConsumer.NEVER);
    }

    @Property(tries = 200)
    void failingOnesComeToRest(@ForAll(supplier = Workloads.Failing.class) QueueWorkload workload) {
        requireSound(workload);
        assertThat(workload.closesAfter()).isEqualTo(PlannedConsumer.NEVER);
    }

    @Property(tries = 200)
    void oneConsumerIsOne(@ForAll(supplier = Workloads.OneConsumer.class) QueueWorkload workload) {
        requireSound(workload);
        assertThat(workload.consumers()).hasSize(1);
    }

    @Property(tries = 200)
    void thoseWhoLeaveJoinBefore(@ForAll(supplier = Workloads.ComingAndGoing.class) QueueWorkload workload) {
        requireSound(workload);
        List<PlannedConsumer> later =
                workload.consumers().subList(1, workload.consumers().size());
        assertThat(later)
                .isNotEmpty()
                .allMatch(it -> it.leavesAfter() > it.joinsAfter() && it.leavesAfter() != PlannedConsumer.NEVER);
    }

    @Property(tries = 200)
    void closingOnesClose(@ForAll(supplier = Workloads.Closing.class) QueueWorkload workload) {
        requireSound(workload);
        assertThat(workload.closesAfter()).isBetween(0, 12);
    }

    private static void requireSound(QueueWorkload workload) {
        List<PlannedMessage> messages =
                workload.producers().stream().flatMap(List::stream).toList();
        assertThat(messages).isNotEmpty();
        assertThat(workload.messagesById())
                .as("every message has a name of its own")
                .hasSameSizeAs(messages);
        assertThat(messages).allSatisfy(it -> {
            assertThat(it.message().id()).isEqualTo(it.id());
            assertThat(it.message().maxRetries()).isEqualTo(it.maxRetries());
            assertThat(it.message().payload()).isEqualTo(it.payload().getBytes(StandardCharsets.UTF_8));
        });
        assertThat(workload.consumers().get(0)).as("someone is always there").satisfies(it -> {
            assertThat(it.joinsAfter()).isZero();
            assertThat(it.leavesAfter()).isEqualTo(PlannedConsumer.NEVER);
        });
        assertThat(workload.toString()).contains(messages.get(0).id());
    }

    @Property(tries = 200)
    void briefBackoffsCanBeLivedThrough(@ForAll(supplier = Backoffs.Brief.class) Backoff backoff) {
        assertThat(backoff.maxDelay().toMillis()).isLessThanOrEqualTo(40);
    }

    @Property(tries = 200)
    void headersSurviveUtf8(@ForAll(supplier = HeaderMaps.class) List<Map<String, String>> maps) {
        assertThat(maps)
                .isNotEmpty()
                .allSatisfy(map -> map.forEach((key, value) -> {
                    assertThat(key).isNotEmpty();
                    for (String text : List.of(key, value)) {
                        assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                                .isEqualTo(text);
                    }
                }));
    }

    @Property(tries = 50)
    void aPlannedMessageFailsAsOftenAsPlanned(@ForAll Mishap mishap) {
        PlannedMessage planned = new PlannedMessage("a", "text", Map.of(), 5, 2, mishap);
        for (int attempt = 0; attempt < 2; attempt++) {
            int failing = attempt;
            assertThatCode(() -> planned.handle(failing)).hasMessage("attempt " + failing + " at a fails by plan");
            assertThat(Thread.interrupted()).isEqualTo(mishap == Mishap.INTERRUPTED);
        }
        assertThatCode(() -> planned.handle(2)).doesNotThrowAnyException();
    }

    @Test
    void workloadsTellThemselves() {
        PlannedMessage planned = new PlannedMessage("a", "text", Map.of(), 5, 2, Mishap.ERROR);
        assertThat(planned).hasToString("a(4 chars, 0 headers) fails 2× by ERROR of maxRetries=5");
        assertThat(new PlannedConsumer(3, PlannedConsumer.NEVER, 50))
                .hasToString("joins after 3 attempts, stays, busy 50 µs");
        assertThat(new PlannedConsumer(0, 7, 0)).hasToString("joins after 0 attempts, leaves after 7, busy 0 µs");
    }
}
