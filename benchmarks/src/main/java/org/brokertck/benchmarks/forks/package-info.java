/** Measurements for which each candidate has a JVM of its own. */
@NullMarked
package org.brokertck.benchmarks.forks;

import org.jspecify.annotations.NullMarked;
