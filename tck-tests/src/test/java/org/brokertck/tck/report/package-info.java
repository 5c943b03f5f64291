/** The report on runs made by hand. */
@NullMarked
package org.brokertck.tck.report;

import org.jspecify.annotations.NullMarked;
