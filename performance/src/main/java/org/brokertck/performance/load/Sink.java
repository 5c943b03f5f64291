package org.brokertck.performance.load;

/** Where consumers report what arrives, from any thread. */
public interface Sink {
    /** A record with this {@link Stamp} has arrived and was handled. */
    void accept(long stamp);

    /** How many have arrived; may be a moment behind while records flow. */
    long received();
}
