/**
 * The harness: what is measured is a {@link org.brokertck.performance.load.Candidate}, of whatever make, so that each way of
 * measuring is written once. Producers make records from a seed, a sink counts what arrives, and a measurement in which a record is
 * missing, or one too many, is thrown away.
 */
@NullMarked
package org.brokertck.performance.load;

import org.jspecify.annotations.NullMarked;
