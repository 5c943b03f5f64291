package org.brokertck.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** All failures of the contract have one root, and keep text and cause. */
class BrokerExceptionTest {
    @Test
    void textAndCauseAreKept() {
        Throwable cause = new IllegalStateException();
        List<BiFunction<String, Throwable, BrokerException>> withCause = List.of(
                ClosedException::new,
                QueueFullException::new,
                MessageTooLargeException::new,
                OperationInterruptedException::new,
                OperationTimeoutException::new,
                PoolExhaustedException::new,
                MalformedMessageException::new,
                BrokerUnavailableException::new);
        assertThat(withCause)
                .allSatisfy(it ->
                        assertThat(it.apply("why", cause)).hasMessage("why").hasCause(cause));
        List<Function<String, BrokerException>> withoutCause = List.of(
                ClosedException::new,
                QueueFullException::new,
                MessageTooLargeException::new,
                OperationInterruptedException::new,
                OperationTimeoutException::new,
                PoolExhaustedException::new,
                MalformedMessageException::new,
                BrokerUnavailableException::new);
        assertThat(withoutCause)
                .allSatisfy(it -> assertThat(it.apply("why")).hasMessage("why").hasNoCause());
    }
}
