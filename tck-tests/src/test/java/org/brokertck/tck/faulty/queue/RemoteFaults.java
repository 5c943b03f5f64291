package org.brokertck.tck.faulty.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.message.Message;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.queue.plain.Opening;
import org.brokertck.tck.faulty.queue.plain.PlainConsumer;
import org.brokertck.tck.faulty.queue.plain.Shelf;
import org.brokertck.tck.faulty.queue.simulated.SimulatedQueue;
import org.brokertck.tck.faulty.queue.simulated.SimulatedServer;
import org.brokertck.tck.faulty.queue.simulated.SimulatedTarget;

/** Faults of clients whose server may be gone, and of what such a server keeps. */
final class RemoteFaults {
    private RemoteFaults() {}

    static List<Fault> all() {
        return List.of(
                refusing(
                        "ShowsThePassword",
                        "shows the password",
                        "Names the server by its whole URI.",
                        (address, password) -> new BrokerUnavailableException(
                                "Cannot reach amqp://guest:" + password + "@" + address)),
                refusing(
                        "CauseShowsThePassword",
                        "shows the password",
                        "Hides the password in its own text and hands on a cause that shows it.",
                        (address, password) -> new BrokerUnavailableException(
                                "Cannot reach " + address,
                                new IllegalStateException("redis://:" + password + "@" + address))),
                refusing(
                        "DoesNotSayWhere",
                        "does not name the address",
                        "Does not say which server it cannot reach.",
                        (address, password) -> new BrokerUnavailableException("Connection refused")),
                refusing(
                        "HandsOnTheSocketsException",
                        "where BrokerUnavailableException is due",
                        "Hands on what the socket threw.",
                        (address, password) -> new java.io.UncheckedIOException(
                                new java.net.ConnectException("Connection refused: " + address))),
                QueueFault.remote(
                        "RetriesBeyondThePatience",
                        "G-13",
                        "failed after .* with a produce timeout of",
                        "Tries to connect three times, each time for as long as the whole produce may take.",
                        (server, it) -> new SimulatedQueue(server, it) {
                            @Override
                            public void produce(Message message) {
                                try {
                                    super.produce(message);
                                } catch (BrokerUnavailableException gone) {
                                    LockSupport.parkNanos(
                                            config().produceTimeout().toNanos() * 3);
                                    throw gone;
                                }
                            }
                        }),
                QueueFault.remote(
                        "WaitsForAServerThatStandsStill",
                        "G-13",
                        "produce to a server that does not answer (failed after|did not return)",
                        "Waits without end for the answer of a server that keeps its connections.",
                        (server, it) -> new SimulatedQueue(server, it) {
                            @Override
                            protected void requireUsable(Duration patience) {
                                super.requireUsable(patience.multipliedBy(100));
                            }
                        }),
                QueueFault.remote(
                        "ConsumerDiesWithItsConnection",
                        "G-14",
                        "the consumer did not go on",
                        "Connects again for producers, and forgets to subscribe its consumers again.",
                        (server, it) -> new SimulatedQueue(server, it) {
                            @Override
                            protected boolean mayTake(PlainConsumer consumer) {
                                return server().connection() == 0 && super.mayTake(consumer);
                            }
                        }),
                QueueFault.remote(
                        "ProducerKeepsItsBrokenConnection",
                        "G-14",
                        "produce did not work again",
                        "Never replaces the connection that it produces over.",
                        (server, it) -> new SimulatedQueue(server, it) {
                            @Override
                            protected void requireUsable(Duration patience) {
                                super.requireUsable(patience);
                                if (server().connection() > 0) {
                                    throw new BrokerUnavailableException("Broken pipe to " + SimulatedServer.ADDRESS);
                                }
                            }
                        }),
                served(
                        "ReopensInReverse",
                        "Q-24",
                        "the queue opened again delivered",
                        "Reads back what it kept from its newest end.",
                        shelf -> {
                            List<Message> all = new ArrayList<>(shelf.ready);
                            java.util.Collections.reverse(all);
                            shelf.ready.clear();
                            shelf.ready.addAll(all);
                        }),
                served(
                        "RetriesLiveInMemory",
                        "Q-24",
                        "waiting for a retry were",
                        "Keeps what waits for a retry in the memory of the client.",
                        shelf -> shelf.waiting.clear()),
                served(
                        "RetryCountLivesInMemory",
                        "Q-24",
                        "waiting for a retry were|not yet attempted were",
                        "Keeps the count of retries in the memory of the client.",
                        shelf -> {
                            shelf.waiting.forEach(
                                    it -> shelf.ready.addLast(it.message().withRetries(0)));
                            shelf.waiting.clear();
                        }),
                served(
                        "DeadLettersLiveInMemory",
                        "Q-24",
                        "dead letters were parked; the queue opened again lists",
                        "Keeps dead letters in the memory of the client.",
                        shelf -> shelf.parked.clear()),
                crashing(
                        "WritesBehind",
                        "Q-25",
                        "not yet attempted were",
                        "Writes to disk a little later, so that a crash takes the last messages.",
                        shelf -> {
                            shelf.ready.pollLast();
                            shelf.ready.pollLast();
                        }),
                crashing(
                        "NothingOnDisk",
                        "Q-25",
                        "not yet attempted were",
                        "Keeps everything in the memory of the server.",
                        shelf -> {
                            shelf.ready.clear();
                            shelf.waiting.clear();
                            shelf.parked.clear();
                        }),
                cutting(
                        "AcksBeforeHandling",
                        "Q-29",
                        "were never settled",
                        "Forgets a message as soon as it is handed out.",
                        shelf -> shelf.inHand.clear()),
                QueueFault.remote(
                        "AcksAreSentTooLate",
                        "Q-29",
                        "were handled again after a success",
                        "Sends its acknowledgements in batches; a cut takes those that wait, and their messages come again.",
                        AcksAreSentTooLate::new),
                QueueFault.remote(
                        "ConfirmsBeforeItSends",
                        "Q-30",
                        "were never settled",
                        "Lets produce return once the message is in its buffer, which a cut empties.",
                        ConfirmsBeforeItSends::new));
    }

    private static Fault refusing(
            String name,
            String finding,
            String description,
            java.util.function.BiFunction<String, String, RuntimeException> refusal) {
        return Fault.of(
                name,
                "G-13",
                finding,
                description,
                () -> new SimulatedTarget(name, new SimulatedServer(), SimulatedQueue::new) {
                    @Override
                    protected RuntimeException refusal(String address) {
                        return refusal.apply(address, PASSWORD);
                    }
                });
    }

    /** Something is amiss with the contents each time that a queue is opened. */
    private static Fault served(
            String name, String rule, String finding, String description, java.util.function.Consumer<Shelf> opened) {
        return QueueFault.remote(name, rule, finding, description, (server, it) -> {
            opened.accept(it.shelf());
            return new SimulatedQueue(server, it);
        });
    }

    private static Fault crashing(
            String name, String rule, String finding, String description, java.util.function.Consumer<Shelf> crash) {
        return Fault.of(
                name,
                rule,
                finding,
                description,
                () -> new SimulatedTarget(
                        name,
                        new SimulatedServer() {
                            @Override
                            protected void crashed(Shelf shelf) {
                                crash.accept(shelf);
                            }
                        },
                        SimulatedQueue::new));
    }

    private static Fault cutting(
            String name, String rule, String finding, String description, java.util.function.Consumer<Shelf> cut) {
        return Fault.of(
                name,
                rule,
                finding,
                description,
                () -> new SimulatedTarget(
                        name,
                        new SimulatedServer() {
                            @Override
                            protected void connectionLost(Shelf shelf) {
                                cut.accept(shelf);
                                super.connectionLost(shelf);
                            }
                        },
                        SimulatedQueue::new));
    }

    private static final class AcksAreSentTooLate extends SimulatedQueue {
        private final List<Message> unsent = new ArrayList<>();
        private long seen;

        AcksAreSentTooLate(SimulatedServer server, Opening opening) {
            super(server, opening);
        }

        @Override
        protected void succeeded(Message message) {
            super.succeeded(message);
            unsent.add(message);
            if (unsent.size() > 10) {
                unsent.clear();
            }
        }

        @Override
        protected boolean mayTake(PlainConsumer consumer) {
            if (server().connection() != seen) {
                seen = server().connection();
                unsent.forEach(shelf().ready::addFirst);
                unsent.clear();
            }
            return super.mayTake(consumer);
        }
    }

    private static final class ConfirmsBeforeItSends extends SimulatedQueue {
        private final ArrayDeque<Message> buffer = new ArrayDeque<>();
        private long seen;

        ConfirmsBeforeItSends(SimulatedServer server, Opening opening) {
            super(server, opening);
        }

        @Override
        protected void enqueue(Message message) {
            if (server().connection() != seen) {
                seen = server().connection();
                buffer.clear();
            }
            buffer.addLast(message);
            while (buffer.size() > 2) {
                super.enqueue(buffer.removeFirst());
            }
        }
    }
}
