package org.brokertck.api.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A monitor that does not override them records many at once as though they came one after another. */
class RecordingManyTest {
    private final List<String> calls = new ArrayList<>();
    private final QueueMonitor monitor = (QueueMonitor) Proxy.newProxyInstance(
            QueueMonitor.class.getClassLoader(), new Class<?>[] {QueueMonitor.class}, (proxy, method, args) -> {
                if (method.isDefault()) {
                    return InvocationHandler.invokeDefault(proxy, method, args);
                }
                calls.add(method.getName() + List.of(args));
                return null;
            });

    @Test
    void theBytesOfManyMessagesAreSharedOutExactly() {
        monitor.recordProduced("orders", 3, 8L);
        assertThat(calls)
                .containsExactly("recordProduced[orders, 3]", "recordProduced[orders, 3]", "recordProduced[orders, 2]");
    }

    @Test
    void manyAttemptsAreAsManyRecordings() {
        monitor.recordConsumed("orders", Duration.ofMillis(5), Outcome.FAILURE, 2);
        assertThat(calls)
                .containsExactly(
                        "recordConsumed[orders, PT0.005S, FAILURE]", "recordConsumed[orders, PT0.005S, FAILURE]");
    }

    @Test
    void noneAtAllIsRefusedByName() {
        assertThatThrownBy(() -> monitor.recordProduced("orders", 0, 0L))
                .hasMessage("messages is 0: it must be 1 or more");
        assertThatThrownBy(() -> monitor.recordProduced("orders", 1, -1L))
                .hasMessage("bytes is -1: it must be 0 or more");
        assertThatThrownBy(() -> monitor.recordConsumed("orders", Duration.ZERO, Outcome.SUCCESS, 0))
                .hasMessage("attempts is 0: it must be 1 or more");
        assertThat(calls).isEmpty();
    }
}
