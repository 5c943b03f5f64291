package org.brokertck.tck.faulty.requestreply.plain;

import org.brokertck.api.requestreply.RequestReplyConfig;
import org.brokertck.api.target.Limits;
import org.brokertck.reference.time.SystemTimeSource;
import org.brokertck.reference.time.TimeSource;

/**
 * All that an instance is opened with.
 *
 * @param name its name
 * @param config its settings
 * @param limits the sizes that it takes
 * @param time its time; ended with the instance when it is a {@link SystemTimeSource}
 * @param line what it shares with others of its name
 */
public record Opening(String name, RequestReplyConfig config, Limits limits, TimeSource time, Line line) {
    /** An instance on the system's time and on a line of its own. */
    public static Opening of(String name, RequestReplyConfig config) {
        return new Opening(name, config, Limits.DEFAULT, new SystemTimeSource("plain-" + name + "-timer"), new Line());
    }

    /** The same on another line. */
    public Opening withLine(Line other) {
        return new Opening(name, config, limits, time, other);
    }

    /** The same with other settings. */
    public Opening withConfig(RequestReplyConfig other) {
        return new Opening(name, other, limits, time, line);
    }
}
