package org.brokertck.rabbitmq.partitioned;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.brokertck.rabbitmq.connection.Deadline;

/** Looks into streams without following them. For the thread of a desk, since it waits for the server. */
final class StreamReads {
    private static final String OFFSET = "x-stream-offset";
    private static final String TAG = "look";
    private static final int MANY = 10_000;
    private static final int AHEAD = 20;
    private static final int MOST_BYTES = 4 << 20;

    private StreamReads() {}

    /** An entry and its place. */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
    record Entry(long place, byte[] body) {}

    /**
     * The place of the last entry of a stream, which has one at least. The server sends the last chunk and what has followed in one
     * go, before it answers anything that it is asked later: so the last that came before the answer is the last there is.
     */
    static long end(Channel desk, String stream, Deadline deadline) throws IOException, InterruptedException {
        Channel channel = beside(desk);
        try {
            Gathering gathering = new Gathering(channel, Long.MAX_VALUE, false);
            channel.basicQos(MANY);
            channel.basicConsume(stream, false, TAG, false, false, Map.of(OFFSET, "last"), gathering);
            await(gathering.first, stream, deadline);
            channel.basicCancel(TAG);
            await(gathering.over, stream, deadline);
            return gathering.last;
        } finally {
            channel.abort();
        }
    }

    /**
     * The entries from one place to another, which must be there; some of the first of them where they are large.
     *
     * @param to the place of the last one
     */
    static List<Entry> read(Channel desk, String stream, long from, long to, Deadline deadline)
            throws IOException, InterruptedException {
        Channel channel = beside(desk);
        try {
            Gathering gathering = new Gathering(channel, to, true);
            channel.basicQos(AHEAD);
            channel.basicConsume(stream, false, TAG, false, false, Map.of(OFFSET, from), gathering);
            await(gathering.over, stream, deadline);
            return gathering.entries();
        } finally {
            channel.abort();
        }
    }

    private static Channel beside(Channel desk) throws IOException {
        return desk.getConnection()
                .openChannel()
                .orElseThrow(() -> new IOException("the server allows no more channels on the connection"));
    }

    private static void await(CountDownLatch latch, String stream, Deadline deadline)
            throws IOException, InterruptedException {
        if (!latch.await(Math.max(1, deadline.nanosLeft()), TimeUnit.NANOSECONDS)) {
            throw new IOException("stream " + stream + " was not read in time");
        }
    }

    private static final class Gathering extends DefaultConsumer {
        private final long to;
        private final boolean keeping;
        private final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);
        private final List<Entry> entries = new ArrayList<>();
        private long bytes;
        private volatile long last = -1;

        Gathering(Channel channel, long to, boolean keeping) {
            super(channel);
            this.to = to;
            this.keeping = keeping;
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body)
                throws IOException {
            if (over.getCount() == 0) {
                return;
            }
            last = Feed.place(new Delivery(envelope, properties, body));
            if (keeping) {
                keep(new Entry(last, body));
                if (over.getCount() > 0) {
                    getChannel().basicAck(envelope.getDeliveryTag(), false);
                }
            }
            first.countDown();
        }

        private void keep(Entry entry) {
            synchronized (entries) {
                if (entry.place() <= to) {
                    entries.add(entry);
                    bytes += entry.body().length;
                }
            }
            if (entry.place() >= to || bytes >= MOST_BYTES) {
                over.countDown();
            }
        }

        @Override
        public void handleCancelOk(String tag) {
            over.countDown();
        }

        List<Entry> entries() {
            synchronized (entries) {
                return List.copyOf(entries);
            }
        }
    }
}
