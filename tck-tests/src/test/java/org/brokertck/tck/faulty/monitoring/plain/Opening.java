package org.brokertck.tck.faulty.monitoring.plain;

import org.brokertck.api.monitoring.MonitorConfig;
import org.brokertck.reference.time.TimeSource;

/**
 * All that a monitor is opened with.
 *
 * @param name its name
 * @param config its settings
 * @param time its time
 * @param endTime what is done with the time when the monitor is closed
 */
public record Opening(String name, MonitorConfig config, TimeSource time, Runnable endTime) {}
