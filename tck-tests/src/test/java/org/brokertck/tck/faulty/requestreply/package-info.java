/** Faulty request/reply, each with the rule that must catch it. */
@NullMarked
package org.brokertck.tck.faulty.requestreply;

import org.jspecify.annotations.NullMarked;
