/** Tests of the asking side of request/reply. */
@NullMarked
package org.brokertck.adapter.requestreply;

import org.jspecify.annotations.NullMarked;
