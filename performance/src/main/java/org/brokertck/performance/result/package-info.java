/** Figures, and how they are shown: as JSON for machines, as Markdown tables, and as a page with plots that stands alone. */
@NullMarked
package org.brokertck.performance.result;

import org.jspecify.annotations.NullMarked;
