/** What a run leaves behind: report.json, report.html and JUnit XML. */
@NullMarked
package org.brokertck.tck.report;

import org.jspecify.annotations.NullMarked;
