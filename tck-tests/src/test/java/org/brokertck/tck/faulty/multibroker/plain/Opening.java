package org.brokertck.tck.faulty.multibroker.plain;

import org.brokertck.api.multibroker.MultiBrokerConfig;
import org.brokertck.reference.time.TimeSource;

/**
 * All that a multi-broker is opened with.
 *
 * @param name its name
 * @param config its settings
 * @param time its time; ended with it when it is a {@link org.brokertck.reference.time.SystemTimeSource}
 */
public record Opening(String name, MultiBrokerConfig config, TimeSource time) {}
