package org.brokertck.performance.contract;

import java.time.Duration;
import org.brokertck.api.message.Message;
import org.brokertck.api.queue.MessageQueue;
import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Sender;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Sink;
import org.brokertck.performance.load.Stamp;

/** A target's message queue. */
public final class QueueCandidate implements Candidate<Message> {
    private final ConformanceTarget target;

    /** @param target stays open */
    public QueueCandidate(ConformanceTarget target) {
        this.target = target;
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public Lane<Message> open(Setup setup, Sink sink) {
        String name = Names.fresh();
        QueueConfig config = QueueConfig.builder()
                .capacity(setup.capacity())
                .produceTimeout(Duration.ofMinutes(1))
                .build();
        MessageQueue queue = target.openQueue(name, config);
        for (int i = 0; i < setup.consumers(); i++) {
            queue.consume(message -> sink.accept(Stamp.of(message.payloadBuffer())));
        }
        return new Lane<>() {
            @Override
            public Sender<Message> sender() {
                return queue::produce;
            }

            @Override
            public void close() {
                queue.close();
                target.removeQueue(name);
            }
        };
    }
}
