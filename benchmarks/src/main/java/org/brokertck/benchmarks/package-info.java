/** The reference beside its peers, in the same runs: {@link org.brokertck.benchmarks.Report} takes all figures and writes them down. */
@NullMarked
package org.brokertck.benchmarks;

import org.jspecify.annotations.NullMarked;
