package org.brokertck.tck.faulty.partitioned;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.brokertck.api.BrokerUnavailableException;
import org.brokertck.api.partitioned.KeyHash;
import org.brokertck.api.partitioned.KeyedMessage;
import org.brokertck.api.partitioned.PartitionRecord;
import org.brokertck.api.partitioned.Position;
import org.brokertck.tck.faulty.Fault;
import org.brokertck.tck.faulty.partitioned.plain.Opening;
import org.brokertck.tck.faulty.partitioned.plain.Pending;
import org.brokertck.tck.faulty.partitioned.plain.Slot;
import org.brokertck.tck.faulty.partitioned.plain.Store;
import org.brokertck.tck.faulty.partitioned.plain.Worker;
import org.brokertck.tck.faulty.partitioned.simulated.Connections;
import org.brokertck.tck.faulty.partitioned.simulated.SimulatedBroker;
import org.brokertck.tck.faulty.partitioned.simulated.SimulatedServer;
import org.brokertck.tck.faulty.partitioned.simulated.SimulatedTarget;
import org.jspecify.annotations.Nullable;

/** Faults of clients whose server may be gone, of what such a server keeps, and of the connections to it. */
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
                PartitionedFault.remote(
                        "RetriesBeyondThePatience",
                        "G-13",
                        "failed after .* with a produce timeout of",
                        "Tries to connect three times, each time for as long as the whole produce may take.",
                        (server, it) -> new SimulatedBroker(server, it) {
                            @Override
                            public Position produce(String topic, KeyedMessage message) {
                                try {
                                    return super.produce(topic, message);
                                } catch (BrokerUnavailableException gone) {
                                    LockSupport.parkNanos(
                                            config().produceTimeout().toNanos() * 3);
                                    throw gone;
                                }
                            }
                        }),
                PartitionedFault.remote(
                        "SenderKeepsItsBrokenConnection",
                        "G-14",
                        "produce did not work again",
                        "Never replaces the connection that it sends over.",
                        (server, it) -> new SimulatedBroker(server, it) {
                            @Override
                            protected void send(List<Pending> batch) {
                                if (server().connection() > 0) {
                                    batch.forEach(pending -> {
                                        fail(
                                                pending,
                                                new BrokerUnavailableException(
                                                        "Broken pipe to " + SimulatedServer.ADDRESS));
                                        release(pending);
                                    });
                                } else {
                                    super.send(batch);
                                }
                            }
                        }),
                PartitionedFault.remote(
                        "MembersDieWithTheirConnection",
                        "G-14",
                        "the members did not go on",
                        "Connects again for producers, and forgets its members.",
                        (server, it) -> new SimulatedBroker(server, it) {
                            @Override
                            protected boolean mayTake(Worker worker) {
                                return super.mayTake(worker) && server().connection() == 0;
                            }
                        }),
                PartitionedFault.remote(
                        "InstancesDisagreeOnKeys",
                        "L-3",
                        "by another instance to",
                        "Chooses partitions by the order in which an instance first saw the keys.",
                        (server, it) -> new SimulatedBroker(server, it) {
                            private final java.util.Map<String, Integer> seen = new java.util.HashMap<>();

                            @Override
                            protected int ofKey(String key, int partitions) {
                                return KeyHash.partition(
                                        "" + seen.computeIfAbsent(key, none -> seen.size()), partitions);
                            }
                        }),
                PartitionedFault.remote(
                        "AcknowledgesBeforeItSends",
                        "L-22",
                        "were never settled",
                        "Tells a producer that its record is there once it lies in the client's own buffer.",
                        AcknowledgesBeforeItSends::new),
                PartitionedFault.remote(
                        "ZombieCommits",
                        "L-22",
                        "went back from",
                        "Sends the commit of a lost connection again, after the partition has gone on.",
                        ZombieCommits::new),
                crashing(
                        "LastCommitIsNotSynced",
                        "went back from",
                        "Loses the last commits of a server that dies.",
                        store -> store.topics
                                .values()
                                .forEach(topic -> topic.allGroups()
                                        .forEach(group -> group.slots()
                                                .forEach(slot -> slot.committed = Math.max(
                                                        slot.partition().first(), slot.committed - 3))))),
                losing(
                        "LosesWhatIsInHand",
                        "where it had handled records up to|were never settled",
                        "Commits a record when it hands it out, so that a cut loses it.",
                        slot -> {
                            if (slot.worker != null && slot.worker.busy) {
                                slot.committed++;
                            }
                        }),
                losing(
                        "ResumesFromTheCheckpoint",
                        "went back from",
                        "Lets a client that comes back begin at a checkpoint of every tenth record.",
                        slot -> slot.committed = Math.max(slot.partition().first(), slot.committed / 10 * 10)),
                PartitionedFault.remote(
                        "OneRecordATick",
                        "L-20",
                        "records were produced, and \\d+ handled",
                        "Looks for the next record of a partition once in five milliseconds.",
                        (server, it) -> new SimulatedBroker(server, it) {
                            @Override
                            protected void handle(Worker worker, PartitionRecord record) throws Exception {
                                LockSupport.parkNanos(5_000_000);
                                super.handle(worker, record);
                            }
                        }),
                PartitionedFault.remote(
                        "LosesOneOfThousands",
                        "L-21",
                        "records \\d+ were handled",
                        "Skips a record where a counter of 13 bits comes round.",
                        (server, it) -> new SimulatedBroker(server, it) {
                            private int committed;

                            @Override
                            protected void commit(Slot slot, PartitionRecord record) {
                                boolean round = (++committed & (1 << 13) - 1) == 0;
                                boolean more =
                                        slot.committed + 2 <= slot.partition().next();
                                commitUpTo(slot, slot.committed + (round && more ? 2 : 1));
                            }
                        }),
                PartitionedFault.remote(
                        "RepeatsOneOfThousands",
                        "L-21",
                        "[1-9]\\d* of them more than once",
                        "Handles a record twice where a counter of 13 bits comes round.",
                        (server, it) -> new SimulatedBroker(server, it) {
                            private int committed;

                            @Override
                            protected void commit(Slot slot, PartitionRecord record) {
                                boolean round = (++committed & (1 << 13) - 1) == 0;
                                commitUpTo(slot, slot.committed + (round ? 0 : 1));
                            }
                        }),
                pooled(
                        "FailedCallsKeepTheirConnection",
                        "threw .*BrokerUnavailableException",
                        "Gives a connection back after a success only.",
                        (server, most) -> new Connections(server, most) {
                            @Override
                            public void giveBack(long connection, boolean failed) {
                                if (!failed) {
                                    super.giveBack(connection, failed);
                                }
                            }

                            @Override
                            public long borrow(long patienceNanos) {
                                return super.borrow(patienceNanos / 4);
                            }
                        }),
                pooled(
                        "AConnectionForEachThread",
                        "producers used up to \\d+ connections, where",
                        "Opens another connection whenever none is free.",
                        (server, most) -> new Connections(server, most) {
                            @Override
                            protected boolean isExhausted() {
                                return false;
                            }
                        }),
                pooled(
                        "OneConnectionTooMany",
                        "producers used up to \\d+ connections, where",
                        "Compares with the largest number before it counts the new one.",
                        (server, most) -> new Connections(server, most + 1)),
                pooled(
                        "BrokenConnectionsAreKept",
                        "no produce succeeded within",
                        "Keeps a connection that was cut among those that wait for their next use.",
                        (server, most) -> new Connections(server, most) {
                            @Override
                            protected boolean isBroken(long connection) {
                                return false;
                            }

                            @Override
                            public long borrow(long patienceNanos) {
                                long connection = super.borrow(patienceNanos);
                                if (connection != server.connection()) {
                                    giveBack(connection, true);
                                    throw new BrokerUnavailableException("Broken pipe to " + SimulatedServer.ADDRESS);
                                }
                                return connection;
                            }
                        }));
    }

    private static Fault refusing(
            String name, String finding, String description, BiFunction<String, String, RuntimeException> refusal) {
        return Fault.of(
                name,
                "G-13",
                finding,
                description,
                () -> new SimulatedTarget(name, new SimulatedServer(), SimulatedBroker::new) {
                    @Override
                    protected RuntimeException refusal(String address) {
                        return refusal.apply(address, PASSWORD);
                    }
                });
    }

    private static Fault crashing(
            String name, String finding, String description, java.util.function.Consumer<Store> crash) {
        return Fault.of(
                name,
                "L-22",
                finding,
                description,
                () -> new SimulatedTarget(
                        name,
                        new SimulatedServer() {
                            @Override
                            protected void crashed(Store store) {
                                crash.accept(store);
                            }
                        },
                        SimulatedBroker::new));
    }

    private static Fault losing(
            String name, String finding, String description, java.util.function.Consumer<Slot> lost) {
        return Fault.of(
                name,
                "L-22",
                finding,
                description,
                () -> new SimulatedTarget(
                        name,
                        new SimulatedServer() {
                            @Override
                            protected void connectionLost(Store store) {
                                store.topics
                                        .values()
                                        .forEach(topic -> topic.allGroups()
                                                .forEach(group -> group.slots().forEach(lost)));
                            }
                        },
                        SimulatedBroker::new));
    }

    private static Fault pooled(
            String name,
            String finding,
            String description,
            BiFunction<SimulatedServer, Integer, Connections> connections) {
        return PartitionedFault.remote(
                name,
                "L-23",
                finding,
                description,
                (server, it) -> new Pooled(
                        server, it, connections.apply(server, it.config().maxConnections())));
    }

    private static final class Pooled extends SimulatedBroker {
        Pooled(SimulatedServer server, Opening opening, Connections connections) {
            super(server, opening, connections);
        }
    }

    /** What is in the buffer when the connection is lost is gone. */
    private static final class AcknowledgesBeforeItSends extends SimulatedBroker {
        private final List<Pending> buffer = new ArrayList<>();
        private long seen;

        AcknowledgesBeforeItSends(SimulatedServer server, Opening opening) {
            super(server, opening);
        }

        @Override
        protected void send(List<Pending> batch) {
            if (server().connection() != seen) {
                seen = server().connection();
                buffer.forEach(this::release);
                buffer.clear();
            }
            buffer.addAll(batch);
            batch.forEach(it -> tell(() -> it.future()
                    .complete(
                            new Position(it.partition().number(), it.partition().next()))));
            while (!closing && buffer.size() > 2) {
                super.send(List.of(buffer.remove(0)));
            }
        }
    }

    /** Remembers the outcome of the last handler before a loss, and commits it over what was committed since. */
    private static final class ZombieCommits extends SimulatedBroker {
        private final java.util.Map<Slot, Long> lost = new java.util.IdentityHashMap<>();

        ZombieCommits(SimulatedServer server, Opening opening) {
            super(server, opening);
        }

        @Override
        protected void settle(Worker worker, PartitionRecord record, @Nullable Throwable failure) {
            super.settle(worker, record, failure);
            locked(() -> {
                Slot slot = worker.slot();
                Long late = lost.get(slot);
                if (!isConnected(worker) && failure == null) {
                    lost.put(slot, record.offset() + 1);
                } else if (late != null && slot.committed >= late + 2) {
                    lost.remove(slot);
                    slot.committed = late;
                }
                return true;
            });
        }
    }
}
