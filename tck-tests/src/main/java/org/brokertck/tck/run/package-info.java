/** What makes rule tests run: the target, the gate of capabilities, tries and seeds, verdicts and the launcher. */
@NullMarked
package org.brokertck.tck.run;

import org.jspecify.annotations.NullMarked;
