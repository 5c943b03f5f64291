package org.brokertck.tck.faulty.partitioned.plain;

import org.brokertck.api.partitioned.PartitionedConfig;
import org.brokertck.api.target.Limits;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;

/**
 * All that a broker is opened with.
 *
 * @param name its name
 * @param config its settings
 * @param limits the sizes that it takes
 * @param time its time; ended with the broker when it is a {@link SystemTimeSource}
 * @param store its contents
 */
public record Opening(String name, PartitionedConfig config, Limits limits, TimeSource time, Store store) {
    /** A broker on the system's time with contents of its own. */
    public static Opening of(String name, PartitionedConfig config) {
        return new Opening(name, config, Limits.DEFAULT, new SystemTimeSource("plain-" + name + "-timer"), new Store());
    }

    /** The same with other contents. */
    public Opening withStore(Store other) {
        return new Opening(name, config, limits, time, other);
    }

    /** The same with other settings. */
    public Opening withConfig(PartitionedConfig other) {
        return new Opening(name, other, limits, time, store);
    }
}
