package org.brokertck.reference.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.brokertck.reference.queue.Messages.message;
import static org.brokertck.reference.queue.Messages.untilConsumed;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.queue.QueueMetrics;
import org.brokertck.reference.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandlerFaultTest {
    private static final List<Throwable> FAULTS = List.of(
            new RuntimeException(),
            new Exception("checked"),
            new InterruptedException("not interrupted at all"),
            new AssertionError("assertion"),
            new OutOfMemoryError("pretended"),
            new LinkageError("linkage"),
            new Throwable("neither exception nor error"));

    @Test
    void whateverAHandlerThrowsTheNextMessageIsHandled() {
        try (InMemoryQueue queue = InMemoryQueue.open("faults", QueueConfig.defaults())) {
            queue.consume(attempt -> {
                int index = Integer.parseInt(attempt.id());
                if (index < FAULTS.size()) {
                    HandlerFaultTest.<RuntimeException>sneak(FAULTS.get(index));
                } else if (index == FAULTS.size()) {
                    endlessly(index);
                }
            });
            for (int i = 0; i <= FAULTS.size() + 1; i++) {
                queue.produce(message(Integer.toString(i)));
            }
            untilConsumed(queue, 1);

            int failures = FAULTS.size() + 1;
            assertThat(queue.metrics()).isEqualTo(new QueueMetrics(failures + 1, 1, failures, 0, failures));
            assertThat(queue.deadLetters().list(100).get(FAULTS.size()).failureType())
                    .isEqualTo(StackOverflowError.class.getName());
        }
    }

    @Test
    void anInterruptFlagThatAHandlerLeavesBehindDoesNotReachTheNextMessage() {
        assertNextMessageIsNotInterrupted(attempt -> Thread.currentThread().interrupt());
        assertNextMessageIsNotInterrupted(attempt -> {
            Thread.currentThread().interrupt();
            throw new InterruptedException("with the flag set again");
        });
    }

    @Test
    void anIdleConsumerIgnoresInterrupts() {
        try (InMemoryQueue queue = InMemoryQueue.open("idle", QueueConfig.defaults())) {
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            queue.consume(attempt -> flag.complete(Thread.currentThread().isInterrupted()));
            Threads.named("brokertck-idle-consumer-").forEach(Thread::interrupt);
            queue.produce(message("m"));
            assertThat(flag.join()).isFalse();
        }
    }

    private static void assertNextMessageIsNotInterrupted(MessageHandler first) {
        try (InMemoryQueue queue = InMemoryQueue.open("flag", QueueConfig.defaults())) {
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            queue.consume(attempt -> {
                if (attempt.id().equals("first")) {
                    first.handle(attempt);
                } else {
                    flag.complete(Thread.currentThread().isInterrupted());
                }
            });
            queue.produce(message("first"));
            queue.produce(message("second"));
            assertThat(flag.join()).isFalse();
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @SuppressWarnings("InfiniteRecursion") // to overflow the stack
    private static int endlessly(int n) {
        return endlessly(n + 1) + 1;
    }
}
