package org.brokertck.tck.faulty.queue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.queue.plain.PlainConsumer;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;

/** Faults in what is made for one case alone: one kind of failure, messages without retries, keys, a drain timeout of zero, one's own threads. */
final class SpecialCaseFaults {
    private SpecialCaseFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "UnwrapsExecutionFailures",
                        "Q-14",
                        "tells the failure 'java.io.IOException: disk is full': the last one was 'java.util.concurrent",
                        "Unwraps what handlers throw as it does what its own executor hands on.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected DeadLetter letter(Message message, Throwable failure) {
                                Throwable cause = failure.getCause();
                                boolean wrapper =
                                        failure instanceof ExecutionException || failure instanceof CompletionException;
                                return super.letter(message, wrapper && cause != null ? cause : failure);
                            }
                        }),
                QueueFault.plain(
                        "ResetsWhatIsToBeRetried",
                        "Q-9",
                        "attempt 0 \\(from 0\\) at permits-none carried retries=5",
                        "Begins to count anew only for messages that permit retries at all.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected Message stored(Message message) {
                                return message.maxRetries() > 0 ? super.stored(message) : message;
                            }
                        }),
                QueueFault.plain(
                        "KeysCountedInCharacters",
                        "G-6",
                        "65600 bytes.* was accepted",
                        "Counts the bytes of the values of headers, and the characters of their keys.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected long headerBytes(Message message) {
                                return message.headers().entrySet().stream()
                                        .mapToLong(header -> header.getKey().length()
                                                + header.getValue().getBytes(StandardCharsets.UTF_8).length)
                                        .sum();
                            }
                        }),
                QueueFault.plain(
                        "ParksNothingWhileClosing",
                        "Q-23",
                        "1 failure and 1 dead letter are due, and the metrics are .*failed=1, .*deadLetters=0",
                        "Counts what fails for the last time while it is closed, and puts its message back for whoever opens it next.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void park(DeadLetter letter) {
                                if (closing) {
                                    enqueue(letter.message());
                                } else {
                                    super.park(letter);
                                }
                            }
                        }),
                QueueFault.plain(
                                "NoDrainMeansNoInterrupt",
                                "Q-23",
                                "^close with a drain timeout of 0 did not interrupt the handler that ran",
                                "Does not wait for handlers when there is no time to, and so does not look at them at all.",
                                it -> new PlainQueue(it) {
                                    @Override
                                    protected PlainConsumer newConsumer(MessageHandler handler) {
                                        return new PlainConsumer(this, handler) {
                                            @Override
                                            protected void interruptHandler() {
                                                if (!config().drainTimeout().isZero()) {
                                                    super.interruptHandler();
                                                }
                                            }
                                        };
                                    }
                                })
                        .and("Q-26", "^close of a consumer with a drain timeout of 0 did not interrupt"),
                QueueFault.plain(
                        "KnowsItsHandlersByName",
                        "Q-23",
                        "a handler of another one, whose name begins with its own, returned while its own handler was running",
                        "Takes a thread for one of its own handlers' when the thread's name begins as theirs do.",
                        it -> new PlainQueue(it) {
                            @Override
                            public void close() {
                                if (Thread.currentThread().getName().startsWith("plain-" + name())) {
                                    locked(() -> {
                                        beginClosing();
                                        return true;
                                    });
                                } else {
                                    super.close();
                                }
                            }
                        }));
    }
}
