package org.brokertck.tck.faulty.pubsub.plain;

import org.brokertck.api.pubsub.PubSubConfig;
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
 * @param line what it shares with others of its name
 */
public record Opening(String name, PubSubConfig config, Limits limits, TimeSource time, Line line) {
    /** A broker on the system's time and on a line of its own. */
    public static Opening of(String name, PubSubConfig config) {
        return new Opening(name, config, Limits.DEFAULT, new SystemTimeSource("plain-" + name + "-timer"), new Line());
    }

    /** The same on another line. */
    public Opening withLine(Line other) {
        return new Opening(name, config, limits, time, other);
    }

    /** The same with other settings. */
    public Opening withConfig(PubSubConfig other) {
        return new Opening(name, other, limits, time, line);
    }
}
