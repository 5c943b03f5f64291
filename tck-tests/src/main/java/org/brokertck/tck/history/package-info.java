/** What happened to an instance under test, as plain values with monotonic times: what checkers judge. */
@NullMarked
package org.brokertck.tck.history;

import org.jspecify.annotations.NullMarked;
