package org.brokertck.tck.faulty.broker;

import static org.brokertck.tck.faulty.broker.BrokerFault.lines;
import static org.brokertck.tck.faulty.broker.BrokerFault.plain;

import java.util.List;
import org.brokertck.api.ClosedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.Lingering;
import org.brokertck.tck.faulty.broker.plain.PlainBroker;
import org.brokertck.tck.faulty.broker.plain.PlainLine;

/** Faults of a message broker that closes, and of what is left of it. */
final class ClosingFaults {
    private ClosingFaults() {}

    static List<Fault> all() {
        return List.of(
                plain(
                        "CloseWakesNoProducer",
                        "G-2",
                        "a produce that waited for room when its broker was closed did not return within",
                        "Leaves whoever waits for room to the produce timeout when it is closed.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void awaitRoom(String topic) {
                                super.awaitRoom(topic);
                                long left = closed ? config().produceTimeout().toNanos() : 0;
                                try {
                                    while (left > 0) {
                                        left = server().await(left);
                                    }
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }
                        }),
                plain(
                        "TakesWhatWaitedForRoom",
                        "G-2",
                        "a produce that waited for room when its broker was closed was accepted where ClosedException",
                        "Takes a message whose wait its own close has ended, though nobody is there any more.",
                        it -> new PlainBroker(it) {
                            private boolean taken;

                            @Override
                            protected void awaitRoom(String topic) {
                                super.awaitRoom(topic);
                                taken = closed;
                            }

                            @Override
                            protected void requireOpen() {
                                boolean waited = taken;
                                taken = false;
                                if (!waited) {
                                    super.requireOpen();
                                }
                            }
                        }),
                plain(
                        "ProducesIntoTheVoid",
                        "G-2",
                        "after close was accepted",
                        "Lets produce return when it is closed: nobody hears it anyway.",
                        it -> new PlainBroker(it) {
                            @Override
                            public void produce(String topic, Message message) {
                                try {
                                    super.produce(topic, message);
                                } catch (ClosedException nobodyHears) {
                                    // Nothing to do.
                                }
                            }
                        }),
                plain(
                        "CloseDoesNotWait",
                        "G-3",
                        "did not wait for a running handler",
                        "Returns from close while a handler runs.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void awaitEnd(List<PlainLine> all) {}
                        }),
                plain(
                        "CloseForgetsThoseThatLeft",
                        "G-3",
                        "did not wait for a handler that still ran, whose subscription had been closed before",
                        "Waits for the handlers of the subscriptions that it ends itself.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void left(PlainLine line) {
                                if (closed) {
                                    super.left(line);
                                }
                            }
                        }),
                plain(
                        "SecondCloseReturnsAtOnce",
                        "G-3",
                        "a second close did not wait for the end of the first",
                        "Has nothing to do when it is closed already.",
                        it -> new PlainBroker(it) {
                            @Override
                            public void close() {
                                if (!server().locked(() -> closed)) {
                                    super.close();
                                }
                            }
                        }),
                lines(
                        "LeavesWhenNothingWaits",
                        "G-3",
                        "was closed from inside the handler of its first message, and then was handed others",
                        "Hands a subscriber that closes itself what waits, and ends it then.",
                        (broker, it) -> new PlainLine(broker, it.topic(), it.handler()) {
                            @Override
                            public void dropWaiting() {
                                if (!isCurrentThread()) {
                                    super.dropWaiting();
                                }
                            }

                            @Override
                            protected boolean isOver() {
                                return super.isOver() && waiting.isEmpty();
                            }
                        }),
                plain(
                        "DrainsOneHandlerAfterAnother",
                        "G-3",
                        "was interrupted .* after close began",
                        "Gives each handler the drain timeout when its turn has come to be waited for.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected PlainLine newLine(String topic, MessageHandler handler) {
                                return new PlainLine(this, topic, handler) {
                                    @Override
                                    protected long drainNanos() {
                                        return config().drainTimeout().toNanos();
                                    }
                                };
                            }
                        }),
                plain(
                        "SecondCloseThrows",
                        "G-3",
                        "close.* threw",
                        "Refuses to be closed again.",
                        it -> new PlainBroker(it) {
                            @Override
                            public void close() {
                                server().locked(() -> {
                                    requireOpen();
                                    return true;
                                });
                                super.close();
                            }
                        }),
                plain(
                        "LeavesAThread",
                        "G-10",
                        "threads are still alive",
                        "Starts a thread that it does not end.",
                        it -> new PlainBroker(it) {
                            @Override
                            protected void awaitEnd(List<PlainLine> all) {
                                Lingering.thread("plain-left");
                                super.awaitEnd(all);
                            }
                        }));
    }
}
