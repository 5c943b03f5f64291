/** Checks of request/reply: pure functions on what happened. */
@NullMarked
package org.brokertck.tck.check.requestreply;

import org.jspecify.annotations.NullMarked;
