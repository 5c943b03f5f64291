package org.brokertck.tck.workload.monitoring;

import org.brokertck.api.monitoring.AlertMetric;

/**
 * A gauge is recorded, then time passes.
 *
 * @param queue which queue, from 0 on
 * @param metric depth or messages in flight
 * @param value the value
 * @param thenMillis how long nothing happens afterwards
 */
public record PlannedReading(int queue, AlertMetric metric, long value, long thenMillis) {}
