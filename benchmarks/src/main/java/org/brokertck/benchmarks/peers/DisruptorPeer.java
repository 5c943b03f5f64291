package org.brokertck.benchmarks.peers;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.EventTranslatorTwoArg;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Keyed;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Sender;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Sink;
import org.brokertck.performance.load.Stamp;

/** LMAX Disruptor with several producers, one handler, and the wait strategy that costs nothing when idle. */
public final class DisruptorPeer implements Candidate<Keyed> {
    private static final EventTranslatorTwoArg<Slot, String, byte[]> FILL =
            (slot, sequence, key, payload) -> slot.set(key, payload);

    @Override
    public String name() {
        return "Disruptor (blocking)";
    }

    @Override
    public Lane<Keyed> open(Setup setup, Sink sink) {
        Disruptor<Slot> disruptor = new Disruptor<>(
                Slot::new,
                setup.capacity(),
                DaemonThreadFactory.INSTANCE,
                ProducerType.MULTI,
                new BlockingWaitStrategy());
        disruptor.handleEventsWith((slot, sequence, endOfBatch) -> sink.accept(slot.stamp()));
        disruptor.start();
        return new Lane<>() {
            @Override
            public Sender<Keyed> sender() {
                return item -> disruptor.publishEvent(FILL, item.key(), item.payload());
            }

            @Override
            public void close() {
                disruptor.shutdown();
            }
        };
    }

    /** A place in the ring. */
    private static final class Slot {
        private String key = "";
        private byte[] payload = new byte[Long.BYTES];

        void set(String key, byte[] payload) {
            this.key = key;
            this.payload = payload;
        }

        long stamp() {
            assert key != null;
            return Stamp.of(payload);
        }
    }
}
