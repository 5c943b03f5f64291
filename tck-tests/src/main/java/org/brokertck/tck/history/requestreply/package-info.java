/** What happened to an instance of request/reply: the requests as their requesters saw them, and what responders did. */
@NullMarked
package org.brokertck.tck.history.requestreply;

import org.jspecify.annotations.NullMarked;
