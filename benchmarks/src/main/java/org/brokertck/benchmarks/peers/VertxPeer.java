package org.brokertck.benchmarks.peers;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.util.concurrent.TimeUnit;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Keyed;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Sender;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Sink;
import org.brokertck.performance.load.Window;

/** The event bus of Vert.x within one JVM. It has no back-pressure, hence the window. */
public final class VertxPeer implements Candidate<Keyed> {
    private static final String ADDRESS = "bench";
    private static final String CODEC = "held";

    @Override
    public String name() {
        return "Vert.x event bus";
    }

    @Override
    public Lane<Keyed> open(Setup setup, Sink sink) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        EventBus bus = vertx.eventBus();
        bus.registerCodec(new ByReference());
        bus.<Keyed.Held>localConsumer(ADDRESS, it -> sink.accept(it.body().stamp()));
        DeliveryOptions options = new DeliveryOptions().setCodecName(CODEC).setLocalOnly(true);
        Window window = new Window(setup.capacity(), sink);
        return new Lane<>() {
            @Override
            public Sender<Keyed> sender() {
                return new Windowed(window.permits(), it -> bus.send(ADDRESS, it.hold(), options));
            }

            @Override
            public void close() throws Exception {
                vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            }
        };
    }

    /** Hands over what it is given. */
    private static final class ByReference implements MessageCodec<Keyed.Held, Keyed.Held> {
        @Override
        public void encodeToWire(Buffer buffer, Keyed.Held held) {
            throw new UnsupportedOperationException("nothing goes over a wire here");
        }

        @Override
        public Keyed.Held decodeFromWire(int position, Buffer buffer) {
            throw new UnsupportedOperationException("nothing goes over a wire here");
        }

        @Override
        public Keyed.Held transform(Keyed.Held held) {
            return held;
        }

        @Override
        public String name() {
            return CODEC;
        }

        @Override
        public byte systemCodecID() {
            // As the interface asks of codecs that are not the library's own.
            return -1;
        }
    }
}
