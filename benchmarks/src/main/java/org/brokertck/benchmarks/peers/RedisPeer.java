package org.brokertck.benchmarks.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.brokertck.performance.load.Candidate;
import org.brokertck.performance.load.Keyed;
import org.brokertck.performance.load.Lane;
import org.brokertck.performance.load.Sender;
import org.brokertck.performance.load.Setup;
import org.brokertck.performance.load.Sink;
import org.brokertck.performance.load.Stamp;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntryBinary;

/** A Redis stream over loopback: each XADD waits for its answer, one member of a group reads and acknowledges by the batch. */
public final class RedisPeer implements Candidate<Keyed> {
    private static final byte[] GROUP = "members".getBytes(US_ASCII);
    private static final byte[] MEMBER = "member".getBytes(US_ASCII);
    private static final byte[] START = "0".getBytes(US_ASCII);
    private static final byte[] KEY = "k".getBytes(US_ASCII);
    private static final byte[] VALUE = "v".getBytes(US_ASCII);
    private static final int BATCH = 256;
    private static final int BLOCK_MILLIS = 200;

    private final String uri;

    /** @param uri {@code redis://user:password@host:port} */
    public RedisPeer(String uri) {
        this.uri = uri;
    }

    @Override
    public String name() {
        return "Redis stream";
    }

    @Override
    public Lane<Keyed> open(Setup setup, Sink sink) {
        byte[] stream = ("bench-" + UUID.randomUUID()).getBytes(US_ASCII);
        RedisClient client = RedisClient.create(uri);
        client.xgroupCreate(stream, GROUP, START, true);
        Member member = new Member(client, stream, sink);
        member.thread.start();
        return new Lane<>() {
            @Override
            public Sender<Keyed> sender() {
                return item -> client.xadd(
                        stream,
                        XAddParams.xAddParams(),
                        Map.of(KEY, item.key().getBytes(UTF_8), VALUE, item.payload()));
            }

            @Override
            public void close() throws InterruptedException {
                member.closed = true;
                member.thread.join();
                client.del(stream);
                client.close();
            }
        };
    }

    /** The group's only member. */
    private static final class Member {
        private final RedisClient client;
        private final byte[] stream;
        private final Sink sink;
        private final Thread thread = new Thread(this::work, "redis-consumer");
        private volatile boolean closed;

        Member(RedisClient client, byte[] stream, Sink sink) {
            this.client = client;
            this.stream = stream;
            this.sink = sink;
            thread.setDaemon(true);
        }

        private void work() {
            XReadGroupParams params =
                    XReadGroupParams.xReadGroupParams().count(BATCH).block(BLOCK_MILLIS);
            while (!closed) {
                List<Map.Entry<byte[], List<StreamEntryBinary>>> read = client.xreadGroupBinary(
                        GROUP, MEMBER, params, Map.of(stream, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
                if (read != null) {
                    read.forEach(it -> handle(it.getValue()));
                }
            }
        }

        private void handle(List<StreamEntryBinary> entries) {
            entries.forEach(entry -> entry.getFields().forEach((name, value) -> {
                if (name[0] == VALUE[0]) {
                    sink.accept(Stamp.of(value));
                }
            }));
            byte[][] ids = entries.stream()
                    .map(it -> it.getID().toString().getBytes(US_ASCII))
                    .toArray(byte[][]::new);
            client.xack(stream, GROUP, ids);
        }
    }
}
