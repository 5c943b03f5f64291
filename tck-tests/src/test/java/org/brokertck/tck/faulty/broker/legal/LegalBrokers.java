package org.brokertck.tck.faulty.broker.legal;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.brokertck.api.OperationInterruptedException;
import org.brokertck.api.message.Message;
import org.brokertck.api.message.MessageHandler;
import org.brokertck.api.multibroker.Health;
import org.brokertck.api.multibroker.HealthStatus;
import org.brokertck.api.multibroker.TopicSubscription;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.faulty.broker.plain.PlainBroker;
import org.brokertck.tck.faulty.broker.plain.PlainLine;
import org.brokertck.tck.faulty.broker.plain.PlainTarget;
import org.brokertck.tck.faulty.broker.plain.SimulatedTarget;

/** All odd but legal message brokers, by name. */
final class LegalBrokers {
    private LegalBrokers() {}

    static List<ConformanceTarget> all() {
        return List.of(
                new PlainTarget("Plain", PlainBroker::new),
                new SimulatedTarget("SimulatedServer", PlainBroker::new),
                new PlainTarget("HandsOverTwice", it -> new PlainBroker(it) {
                    @Override
                    protected void handle(PlainLine line, MessageHandler handler, Message message) {
                        super.handle(line, handler, message);
                        if (message.id().hashCode() % 3 == 0) {
                            super.handle(line, handler, message);
                        }
                    }
                }),
                new PlainTarget("TakesItsTime", it -> new PlainBroker(it) {
                    @Override
                    protected void handle(PlainLine line, MessageHandler handler, Message message) {
                        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(200_000));
                        super.handle(line, handler, message);
                    }
                }),
                new PlainTarget("HasRoomForEverything", it -> new PlainBroker(it) {
                    @Override
                    protected void awaitRoom(String topic) {
                        // There is memory enough.
                    }

                    @Override
                    public HealthStatus health() {
                        HealthStatus found = super.health();
                        return found.status() == Health.DEGRADED
                                ? server().locked(() -> status(Health.HEALTHY, System.nanoTime(), ""))
                                : found;
                    }
                }),
                new PlainTarget("RefusesInterruptedProducers", it -> new PlainBroker(it) {
                    @Override
                    public void produce(String topic, Message message) {
                        if (Thread.currentThread().isInterrupted()) {
                            throw new OperationInterruptedException("Interrupted before anything was done");
                        }
                        super.produce(topic, message);
                    }
                }),
                new PlainTarget("WordyRefusals", it -> new PlainBroker(it) {
                    @Override
                    public TopicSubscription subscribe(String topic, MessageHandler handler) {
                        if (Objects.isNull(handler)) {
                            throw new IllegalArgumentException("Handler must not be null, dear caller, and was");
                        }
                        return super.subscribe(topic, handler);
                    }
                }));
    }
}
