package org.brokertck.tck.faulty.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.brokertck.api.message.Message;
import org.brokertck.api.pubsub.OverflowPolicy;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.pubsub.plain.Opening;
import org.brokertck.tck.faulty.pubsub.plain.PlainPubSub;
import org.brokertck.tck.faulty.pubsub.plain.PlainSubscription;

/** Faults in what full buffers do to publishers, to others, and to what they hold. */
final class BufferFaults {
    private static final String MISCOUNTED = "says that it dropped";

    private BufferFaults() {}

    static List<Fault> all() {
        return List.of(
                PubSubFault.plain(
                        "FullBufferBlocksThePublisher",
                        "P-9",
                        "did not return|took .* beside",
                        "Waits for room in a full buffer before it drops anything.",
                        it -> new WaitsForRoom(it, 60_000)),
                PubSubFault.plain(
                        "FullBufferSlowsThePublisher",
                        "P-9",
                        "did not return|took .* beside",
                        "Gives the subscriber of a full buffer a moment to make room.",
                        it -> new WaitsForRoom(it, 5)),
                PubSubFault.plain(
                        "FullBufferEndsTheRound",
                        "P-9",
                        "received nothing where",
                        "Stops handing out a message at the first full buffer.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void deliver(String topic, Message message) {
                                boolean full = hearing(topic).stream()
                                        .anyMatch(other -> other.buffer.size() >= config().bufferCapacity());
                                if (full) {
                                    hearing(topic).stream()
                                            .filter(other -> other.buffer.size() >= config().bufferCapacity())
                                            .forEach(other -> offer(other, message));
                                } else {
                                    super.deliver(topic, message);
                                }
                            }
                        }),
                PubSubFault.plain(
                        "DropsAreNotCounted", "P-10", MISCOUNTED, "Drops without counting.", it -> new PlainPubSub(it) {
                            @Override
                            protected void dropped(PlainSubscription subscription, Message message) {}
                        }),
                PubSubFault.plain(
                        "NewestAreDroppedUncounted",
                        "P-10",
                        MISCOUNTED,
                        "Counts what it removes from a buffer, and not what never got in.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void dropped(PlainSubscription subscription, Message message) {
                                if (config().overflow() == OverflowPolicy.DROP_OLDEST) {
                                    super.dropped(subscription, message);
                                }
                            }
                        }),
                PubSubFault.plain(
                        "PoliciesAreSwapped",
                        "P-10",
                        "gave out",
                        "Drops the oldest where the newest are to go, and the other way round.",
                        it -> new PlainPubSub(it.withConfig(org.brokertck.api.pubsub.PubSubConfig.builder()
                                .bufferCapacity(it.config().bufferCapacity())
                                .idleTimeout(it.config().idleTimeout())
                                .timeout(it.config().timeout())
                                .countedTopics(it.config().countedTopics())
                                .overflow(
                                        it.config().overflow() == OverflowPolicy.DROP_OLDEST
                                                ? OverflowPolicy.DROP_NEWEST
                                                : OverflowPolicy.DROP_OLDEST)
                                .build()))),
                PubSubFault.plain(
                        "BufferHoldsOneMore",
                        "P-10",
                        MISCOUNTED,
                        "Compares with > where >= is due.",
                        it -> withCapacity(it, it.config().bufferCapacity() + 1)),
                PubSubFault.plain(
                        "BufferHoldsOneLess",
                        "P-10",
                        MISCOUNTED,
                        "Leaves a slot of its ring free, to tell full from empty.",
                        it -> withCapacity(it, Math.max(1, it.config().bufferCapacity() - 1))),
                PubSubFault.plain(
                        "BufferIsAPowerOfTwo",
                        "P-10",
                        MISCOUNTED,
                        "Rounds the capacity up to a power of two.",
                        it -> withCapacity(it, Integer.highestOneBit(it.config().bufferCapacity() * 2 - 1))),
                PubSubFault.plain(
                        "OverflowEmptiesTheBuffer",
                        "P-10",
                        MISCOUNTED,
                        "Drops all that a full buffer holds at once, and counts it.",
                        it -> new PlainPubSub(it) {
                            @Override
                            protected void offer(PlainSubscription subscription, Message message) {
                                boolean full = subscription.buffer.size() == config().bufferCapacity();
                                if (full && config().overflow() == OverflowPolicy.DROP_OLDEST) {
                                    free(subscription);
                                }
                                super.offer(subscription, message);
                            }
                        }));
    }

    private static PlainPubSub withCapacity(Opening opening, int capacity) {
        return new PlainPubSub(opening) {
            @Override
            protected void offer(PlainSubscription subscription, Message message) {
                if (subscription.buffer.size() < capacity) {
                    enqueue(subscription, message);
                } else if (config().overflow() == OverflowPolicy.DROP_OLDEST) {
                    List<Message> oldest = new ArrayList<>();
                    while (subscription.buffer.size() >= capacity) {
                        oldest.add(subscription.buffer.removeFirst());
                    }
                    oldest.forEach(it -> dropped(subscription, it));
                    enqueue(subscription, message);
                } else {
                    dropped(subscription, message);
                }
            }
        };
    }

    private static final class WaitsForRoom extends PlainPubSub {
        private final long millis;

        WaitsForRoom(Opening opening, long millis) {
            super(opening);
            this.millis = millis;
        }

        @Override
        protected void offer(PlainSubscription subscription, Message message) {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            try {
                while (subscription.buffer.size() >= config().bufferCapacity() && left > 0 && !closed) {
                    left = line().changed.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            super.offer(subscription, message);
        }
    }
}
