package org.brokertck.tck.faulty.queue;

import java.util.ArrayList;
import java.util.List;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.queue.Consumer;
import org.brokertck.api.queue.DeadLetter;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.queue.plain.Delivery;
import org.brokertck.tck.faulty.queue.plain.PlainConsumer;
import org.brokertck.tck.faulty.queue.plain.PlainQueue;
import org.brokertck.tck.faulty.queue.plain.Waiting;
import org.jspecify.annotations.Nullable;

/** Faults that show only where two features meet: a handler that produces, a consumer that goes while a retry waits, a list after a purge. */
final class MeetingFaults {
    private MeetingFaults() {}

    static List<Fault> all() {
        return List.of(
                QueueFault.plain(
                        "HandlersFindRoomBeyondTheCapacity",
                        "Q-21",
                        "a handler produced to its own queue for 3 until it was refused, and 6 of its messages",
                        "Lets handlers produce whatever the capacity, since one that waits for room may wait for itself.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void awaitRoom() {
                                if (consumers.stream().noneMatch(this::isOwnThread)) {
                                    super.awaitRoom();
                                }
                            }
                        }),
                QueueFault.plain(
                        "ForgetsWhoIsClosing",
                        "Q-23",
                        "close returned while a handler was running that had closed its own consumer",
                        "Forgets closed consumers when another one comes, and with them a handler that still runs.",
                        it -> new PlainQueue(it) {
                            @Override
                            public Consumer consume(MessageHandler handler) {
                                locked(() -> consumers.removeIf(PlainConsumer::closing));
                                return super.consume(handler);
                            }

                            @Override
                            protected void beginClosing() {
                                super.beginClosing();
                                if (!ended && consumers.stream().noneMatch(PlainConsumer::busy)) {
                                    end();
                                }
                            }
                        }),
                QueueFault.plain(
                        "LateOutcomesCount",
                        "G-2",
                        "when close returned, and are .* after the end of 2 handlers that it gave up",
                        "Counts what handlers end with that close gave up.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected void settle(
                                    PlainConsumer consumer, Delivery delivery, @Nullable Throwable failure) {
                                boolean late = locked(() -> ended);
                                super.settle(consumer, delivery, failure);
                                if (late) {
                                    locked(() -> failure == null ? ++consumed : ++failed);
                                }
                            }
                        }),
                QueueFault.plain(
                        "KeepsAListOfThatLength",
                        "Q-16",
                        "came after a purge of as many others, and their list is \\[first-0, first-1\\]",
                        "Lists what it listed before as long as there are as many dead letters.",
                        it -> new PlainQueue(it) {
                            private List<DeadLetter> last = List.of();

                            @Override
                            protected List<DeadLetter> listed(int limit) {
                                if (last.size()
                                        != Math.min(limit, shelf().parked.size())) {
                                    last = super.listed(limit);
                                }
                                return new ArrayList<>(last);
                            }
                        }),
                QueueFault.plain(
                        "LeavingConsumersHastenRetries",
                        "Q-10",
                        "no sooner than",
                        "Makes all that waits for its retry due when a consumer leaves.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected PlainConsumer newConsumer(MessageHandler handler) {
                                return new PlainConsumer(this, handler) {
                                    @Override
                                    protected void beginClosing() {
                                        super.beginClosing();
                                        for (Waiting entry : List.copyOf(shelf().waiting)) {
                                            boolean unused = due(entry);
                                        }
                                    }
                                };
                            }
                        }),
                QueueFault.plain(
                        "TakesAllHandlersForItsOwn",
                        "Q-23",
                        "the close of a queue from inside a handler of another one returned",
                        "Waits for nobody when it is closed from inside a handler, of whichever queue.",
                        it -> new PlainQueue(it) {
                            @Override
                            protected boolean isOwnThread(PlainConsumer consumer) {
                                return Thread.currentThread().getName().startsWith("plain-")
                                        && Thread.currentThread().getName().endsWith("-consumer");
                            }
                        }));
    }
}
