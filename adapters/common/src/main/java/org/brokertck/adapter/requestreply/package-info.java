/**
 * What the asking side of a request/reply adapter keeps on the client's side, whatever the server: the requests that are pending, how each
 * of them ends once, and the counts.
 */
@NullMarked
package org.brokertck.adapter.requestreply;

import org.jspecify.annotations.NullMarked;
