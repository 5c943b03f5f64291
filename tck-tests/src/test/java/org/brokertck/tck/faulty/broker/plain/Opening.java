package org.brokertck.tck.faulty.broker.plain;

import org.brokertck.api.multibroker.BrokerConfig;
import org.brokertck.api.target.Limits;

/**
 * All that a broker is opened with.
 *
 * @param name its name
 * @param config its settings
 * @param limits the sizes that it takes
 * @param server what stands behind it: its own in memory, a shared one otherwise
 */
public record Opening(String name, BrokerConfig config, Limits limits, PlainServer server) {}
