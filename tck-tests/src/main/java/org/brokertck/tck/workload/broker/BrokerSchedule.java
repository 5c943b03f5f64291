package org.brokertck.tck.workload.broker;

import java.util.List;

/**
 * What happens to one message broker, one step after another, until it is closed.
 *
 * @param capacity how many messages may wait for a subscriber
 * @param steps what happens
 */
public record BrokerSchedule(int capacity, List<BrokerStep> steps) {}
