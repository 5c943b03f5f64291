/** What being watched by a monitor costs. */
@NullMarked
package org.brokertck.benchmarks.watched;

import org.jspecify.annotations.NullMarked;
