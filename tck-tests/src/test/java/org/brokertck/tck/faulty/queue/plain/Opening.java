package org.brokertck.tck.faulty.queue.plain;

import org.brokertck.api.queue.QueueConfig;
import org.brokertck.api.target.Limits;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;

/**
 * All that a queue is opened with.
 *
 * @param name its name
 * @param config its settings
 * @param limits the sizes that it takes
 * @param time its time; ended with the queue when it is a {@link SystemTimeSource}
 * @param shelf its contents
 */
public record Opening(String name, QueueConfig config, Limits limits, TimeSource time, Shelf shelf) {
    /** A queue on the system's time with contents of its own. */
    public static Opening of(String name, QueueConfig config) {
        return new Opening(name, config, Limits.DEFAULT, new SystemTimeSource("plain-" + name + "-timer"), new Shelf());
    }

    /** The same with other contents. */
    public Opening withShelf(Shelf other) {
        return new Opening(name, config, limits, time, other);
    }

    /** The same with other settings. */
    public Opening withConfig(QueueConfig other) {
        return new Opening(name, other, limits, time, shelf);
    }
}
