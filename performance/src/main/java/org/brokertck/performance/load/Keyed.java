package org.brokertck.performance.load;

/**
 * A key and a payload as a producer hands them to a candidate that takes the two apart. A producer uses one such object over and
 * over, so that it adds nothing to what is allocated for a record.
 */
public final class Keyed {
    private String key = "";
    private byte[] payload = {};

    /** The key. */
    public String key() {
        return key;
    }

    /** The payload, made for this record alone. */
    public byte[] payload() {
        return payload;
    }

    /** Sets both. */
    Keyed with(String key, byte[] payload) {
        this.key = key;
        this.payload = payload;
        return this;
    }

    /** The same in an object of its own, for candidates that hand over references. */
    public Held hold() {
        return new Held(key, payload);
    }

    /** A record under way in a candidate that hands over references. */
    public static final class Held {
        private final String key;
        private final byte[] payload;

        private Held(String key, byte[] payload) {
            this.key = key;
            this.payload = payload;
        }

        /** The key. */
        public String key() {
            return key;
        }

        /** The payload, not copied. */
        public byte[] payload() {
            return payload;
        }

        /** The payload's stamp. */
        public long stamp() {
            return Stamp.of(payload);
        }
    }
}
