/** What makes rule tests run: the current target, the gate of capabilities, tries and seeds, verdicts, and the runner. */
@NullMarked
package org.brokertck.tck.run;

import org.jspecify.annotations.NullMarked;
