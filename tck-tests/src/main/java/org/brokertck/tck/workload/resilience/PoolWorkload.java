package org.brokertck.tck.workload.resilience;

import java.util.List;

/**
 * A schedule of borrowers of one connection pool.
 *
 * @param maximum how many connections there are at most
 * @param steps what happens, one after another
 */
public record PoolWorkload(int maximum, List<PoolStep> steps) {}
