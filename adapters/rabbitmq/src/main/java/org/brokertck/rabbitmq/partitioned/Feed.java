package org.brokertck.rabbitmq.partitioned;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream from a place on, over as many channels as it takes; each entry is handed over once, in order. The thread of the
 * {@link Feeder} opens and closes it; entries come on another one.
 */
final class Feed {
    /** Where a stream is read from whose end is not known: its last chunk, which is never empty. */
    private static final String LAST = "last";

    private static final String OFFSET = "x-stream-offset";
    private static final String TAG = "feed";

    /** Takes the entries. It must not wait. */
    @FunctionalInterface
    interface Sink {
        void take(long place, byte[] body);
    }

    private final String stream;
    private final int ahead;
    private final BooleanSupplier wantsMore;
    private final Sink sink;
    private final Runnable onNeed;
    private final Object lock = new Object();

    /** The place of the next entry; less than 0 as long as nobody knows. */
    private long next;

    private @Nullable Channel current;
    private long receivedTag;
    private long acknowledgedTag;

    /**
     * A feed that reads nothing yet.
     *
     * @param from the place of the first entry; less than 0 for the last ones there are, and what follows
     * @param ahead how many entries the server sends before it hears that more are wanted; those of a chunk come together anyway
     * @param wantsMore whether more are wanted now
     * @param onNeed is run when the feeder should look at this feed
     */
    Feed(String stream, long from, int ahead, BooleanSupplier wantsMore, Sink sink, Runnable onNeed) {
        this.stream = stream;
        this.next = from;
        this.ahead = ahead;
        this.wantsMore = wantsMore;
        this.sink = sink;
        this.onNeed = onNeed;
    }

    String stream() {
        return stream;
    }

    /** Opens a channel where none is open, and says that more is wanted where it is. */
    void tend(Connection connection) throws IOException {
        Channel channel = channel();
        if (channel == null || !channel.isOpen()) {
            attach(connection);
        } else if (wantsMore.getAsBoolean()) {
            acknowledge(channel);
        }
    }

    /** Ends the reading; without waiting for the server. */
    void detach() {
        Channel channel;
        synchronized (lock) {
            channel = current;
            current = null;
        }
        if (channel != null) {
            try {
                channel.abort();
            } catch (IOException gone) {
                // Gone is all that it should be.
                return;
            }
        }
    }

    private @Nullable Channel channel() {
        synchronized (lock) {
            return current;
        }
    }

    private void attach(Connection connection) throws IOException {
        Channel channel = connection
                .openChannel()
                .orElseThrow(() -> new IOException("the server allows no more channels on the connection"));
        Object from;
        synchronized (lock) {
            current = channel;
            receivedTag = 0;
            acknowledgedTag = 0;
            from = next < 0 ? LAST : next;
        }
        channel.addShutdownListener(cause -> onNeed.run());
        channel.basicQos(ahead);
        channel.basicConsume(
                stream,
                false,
                TAG,
                false,
                false,
                Map.of(OFFSET, from),
                (tag, delivery) -> received(channel, delivery),
                // The server cancels a consumer whose stream was deleted.
                tag -> channel.abort());
    }

    private void received(Channel channel, Delivery delivery) {
        long place = place(delivery);
        synchronized (lock) {
            if (channel != current) {
                return;
            }
            receivedTag = delivery.getEnvelope().getDeliveryTag();
            if (place < next) {
                return;
            }
            next = place + 1;
        }
        sink.take(place, delivery.getBody());
        if (receivedTag() - acknowledgedTag() >= Math.max(1, ahead / 2) && wantsMore.getAsBoolean()) {
            onNeed.run();
        }
    }

    static long place(Delivery delivery) {
        Map<String, Object> headers = delivery.getProperties().getHeaders();
        return headers.get(OFFSET) instanceof Long place ? place : -1;
    }

    private long receivedTag() {
        synchronized (lock) {
            return receivedTag;
        }
    }

    private long acknowledgedTag() {
        synchronized (lock) {
            return acknowledgedTag;
        }
    }

    private void acknowledge(Channel channel) throws IOException {
        long tag;
        synchronized (lock) {
            if (channel != current || receivedTag == acknowledgedTag) {
                return;
            }
            tag = receivedTag;
            acknowledgedTag = tag;
        }
        try {
            channel.basicAck(tag, true);
        } catch (AlreadyClosedException gone) {
            onNeed.run();
        }
    }
}
