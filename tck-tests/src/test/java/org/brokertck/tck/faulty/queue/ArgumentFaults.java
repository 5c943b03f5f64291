package org.brokertck.tck.faulty.queue;

import java.util.List;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.DeadLetters;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.LeftBehind;
import org.brokertck.tck.faulty.queue.plain.PlainDeadLetters;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;

/** Faults in how arguments are checked and large messages refused. */
final class ArgumentFaults {
    private ArgumentFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "RefusalsStickToThreads",
                        "G-1",
                        "threw|does not name the argument",
                        "Keeps what a call came to by its thread, and forgets to clear it where the call is refused at once.",
                        it -> new PlainQueue(it) {
                            private final LeftBehind refusals = new LeftBehind();

                            @Override
                            public void produce(Message message) {
                                refusals.run(() -> super.produce(message));
                            }
                        }),
                QueueFault.plain(
                        "CountsBeforeItChecks",
                        "G-1",
                        "at rest the metrics say",
                        "Counts a message as produced before it finds that there is none.",
                        it -> new PlainQueue(it) {
                            @Override
                            public void produce(Message message) {
                                locked(() -> produced++);
                                try {
                                    super.produce(message);
                                } catch (org.brokertck.api.BrokerException refused) {
                                    locked(() -> produced--);
                                    throw refused;
                                }
                                locked(() -> produced--);
                            }
                        }),
                QueueFault.plain(
                        "NamesNoArgument",
                        "G-1",
                        "does not name the argument 'message'",
                        "Lets a null message run into a null pointer deep inside, which names nothing that the caller knows.",
                        it -> new PlainQueue(it) {
                            @Override
                            public void produce(Message message) {
                                byte[] content;
                                try {
                                    content = message.payload();
                                } catch (NullPointerException e) {
                                    throw new NullPointerException(
                                            "Cannot read the array length because \"<local4>\" is null");
                                }
                                super.produce(message.toBuilder()
                                        .ownedPayload(content)
                                        .build());
                            }
                        }),
                QueueFault.plain(
                        "ZeroMeansNoLimit",
                        "G-1",
                        "LIST_NONE was accepted",
                        "Takes a limit of 0 for no limit at all.",
                        it -> new PlainQueue(it) {
                            @Override
                            public DeadLetters deadLetters() {
                                return new PlainDeadLetters(this) {
                                    @Override
                                    protected void checkLimit(int limit) {
                                        if (limit < 0) {
                                            super.checkLimit(limit);
                                        }
                                    }
                                };
                            }
                        }),
                QueueFault.plain(
                        "LimitOffByOne",
                        "G-6",
                        "1 over the limit was accepted",
                        "Takes one byte more than the limit that it states.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void checkSize(Message message) {
                                if (message.payloadSize() != (1 << 20) + 1) {
                                    super.checkSize(message);
                                }
                            }
                        }),
                QueueFault.plain(
                        "TooLargeIsCounted",
                        "G-6",
                        "at rest the metrics say",
                        "Counts a message that it then refuses as too large.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void checkSize(Message message) {
                                try {
                                    super.checkSize(message);
                                } catch (RuntimeException tooLarge) {
                                    locked(() -> produced++);
                                    throw tooLarge;
                                }
                            }
                        }),
                QueueFault.plain(
                        "TooLargeKeepsTheFrame",
                        "G-6",
                        "delivered, though its produce was refused",
                        "Refuses a message that is too large after its first bytes have gone into the queue.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void checkSize(Message message) {
                                try {
                                    super.checkSize(message);
                                } catch (RuntimeException tooLarge) {
                                    byte[] begun = {message.payload()[0]};
                                    super.produce(
                                            message.toBuilder().payload(begun).build());
                                    throw tooLarge;
                                }
                            }
                        }),
                QueueFault.plain(
                        "LargestIsTooLarge",
                        "G-5",
                        "threw org.brokertck.api.MessageTooLargeException",
                        "Refuses a payload of exactly the size that it states as its largest.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void checkSize(Message message) {
                                if (message.payloadSize() == 1 << 20) {
                                    throw new org.brokertck.api.MessageTooLargeException("The payload has 1 MiB");
                                }
                                super.checkSize(message);
                            }
                        }));
    }
}
