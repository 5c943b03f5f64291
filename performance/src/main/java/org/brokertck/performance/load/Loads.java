package org.brokertck.performance.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.brokertck.api.message.Message;
import org.brokertck.performance.load.Load.Feed;

/** The records of the jobs: those of the course that this project grew from are 25 bytes long and have one of 1000 keys. */
public final class Loads {
    /** The topic of messages. */
    public static final String TOPIC = "bench.record.sent";

    /** What the course's benchmark sends; the stamp replaces its first eight bytes. */
    private static final byte[] PAYLOAD = "benchmark message payload".getBytes(US_ASCII);

    private static final int KEYS = 1000;
    private static final int POOLED = 1 << 12;
    private static final int RETRIES = 3;

    private Loads() {}

    /** A fresh payload for each record, and a random key out of 1000 that are there already. */
    public static Load<Keyed> keyed() {
        String[] keys = IntStream.range(0, KEYS).mapToObj(it -> "key-" + it).toArray(String[]::new);
        return new Load<>(producer -> new KeyedFeed(keys, producer), Load.ENDLESS);
    }

    /** As the course's benchmark does it: the text of the key too is made for each record. */
    public static Load<Keyed> course() {
        Load<Keyed> load = new Load<>(
                producer -> {
                    Keyed record = new Keyed();
                    return stamp ->
                            record.with("key-" + ThreadLocalRandom.current().nextInt(KEYS), payload(stamp));
                },
                Load.ENDLESS);
        return load;
    }

    /** Messages that were made before, so that what is measured is how they are handed over. */
    public static Load<Message> messages() {
        return new Load<>(producer -> pooled(), POOLED);
    }

    /** Messages that are made as they are sent, so that their stamps can tell a time. */
    public static Load<Message> freshMessages() {
        return new Load<>(producer -> Loads::message, Load.ENDLESS);
    }

    private static Feed<Message> pooled() {
        Message[] pool = IntStream.range(0, POOLED).mapToObj(Loads::message).toArray(Message[]::new);
        return stamp -> pool[(int) stamp];
    }

    private static Message message(long stamp) {
        return Message.builder()
                .id("record")
                .topic(TOPIC)
                .ownedPayload(payload(stamp))
                .timestamp(Instant.EPOCH)
                .maxRetries(RETRIES)
                .build();
    }

    private static byte[] payload(long stamp) {
        byte[] payload = PAYLOAD.clone();
        Stamp.write(payload, stamp);
        return payload;
    }

    /** Random keys by a xorshift generator, which costs next to nothing. */
    private static final class KeyedFeed implements Feed<Keyed> {
        private final String[] keys;
        private final Keyed record = new Keyed();
        private long random;

        KeyedFeed(String[] keys, int producer) {
            this.keys = keys;
            this.random = 0x9e3779b97f4a7c15L * (producer + 1);
        }

        @Override
        public Keyed next(long stamp) {
            random ^= random << 13;
            random ^= random >>> 7;
            random ^= random << 17;
            int key = (int) (((random >>> 32) * keys.length) >>> 32);
            return record.with(keys[key], payload(stamp));
        }
    }
}
