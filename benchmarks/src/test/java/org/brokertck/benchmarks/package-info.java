/** Smoke tests: every candidate does its job, and every matcher finds the same. */
@NullMarked
package org.brokertck.benchmarks;

import org.jspecify.annotations.NullMarked;
