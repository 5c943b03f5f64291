/** Checkers: pure functions from a history to a verdict. None of them calls a broker. */
@NullMarked
package org.brokertck.tck.check;

import org.jspecify.annotations.NullMarked;
