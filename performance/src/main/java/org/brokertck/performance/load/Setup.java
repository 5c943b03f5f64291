package org.brokertck.performance.load;

/**
 * The shape of a measurement.
 *
 * @param producers threads that send; 1 or more
 * @param consumers consumers, or members of the group; 1 or more
 * @param partitions of the topic, where there are partitions; 1 or more
 * @param capacity how many records may be under way; a power of two
 */
public record Setup(int producers, int consumers, int partitions, int capacity) {
    /** What a candidate holds where the job asks for nothing else. */
    public static final int CAPACITY = 1 << 16;

    /** Checks the bounds. */
    public Setup {
        if (producers < 1 || consumers < 1 || partitions < 1 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "%d producers, %d consumers, %d partitions, capacity %d: each is 1 or more, and the capacity a power of two"
                            .formatted(producers, consumers, partitions, capacity));
        }
    }

    /** Producers and consumers on one partition. */
    public static Setup of(int producers, int consumers) {
        return new Setup(producers, consumers, 1, CAPACITY);
    }

    /** This setup with so many partitions. */
    public Setup withPartitions(int partitions) {
        return new Setup(producers, consumers, partitions, capacity);
    }

    /** This setup with so many producers. */
    public Setup withProducers(int producers) {
        return new Setup(producers, consumers, partitions, capacity);
    }
}
