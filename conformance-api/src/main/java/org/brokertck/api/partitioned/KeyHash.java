package org.brokertck.api.partitioned;

/** The partition of a key, the same for every producer, instance, process and version (rule L-3). Any other spread would conform too. */
public final class KeyHash {
    private KeyHash() {}

    /**
     * @param key any text
     * @param partitions 1 or more
     * @return from 0 to {@code partitions - 1}; evenly spread, for keys too that differ in a few characters only (rule L-4)
     */
    public static int partition(String key, int partitions) {
        // The specification of String fixes its hash, and a String keeps it once computed. It hardly spreads keys that
        // differ
        // in their last characters, hence the finalizer of MurmurHash3. The high bits then choose, without the bias of
        // a
        // remainder.
        int hash = key.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        hash ^= hash >>> 16;
        return (int) (((hash & 0xffffffffL) * partitions) >>> 32);
    }
}
