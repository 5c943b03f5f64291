/** All rule tests of each contract, ready to run against the current target. */
@NullMarked
package org.brokertck.tck.suite;

import org.jspecify.annotations.NullMarked;
