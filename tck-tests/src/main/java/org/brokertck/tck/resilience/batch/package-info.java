/** The rules of the batch processor, one interface a concept, gathered in {@link org.brokertck.tck.resilience.batch.BatchProcessorTck}. */
@NullMarked
package org.brokertck.tck.resilience.batch;

import org.jspecify.annotations.NullMarked;
