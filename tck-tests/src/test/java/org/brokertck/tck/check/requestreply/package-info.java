/** The checks of request/reply on hand-written histories. */
@NullMarked
package org.brokertck.tck.check.requestreply;

import org.jspecify.annotations.NullMarked;
