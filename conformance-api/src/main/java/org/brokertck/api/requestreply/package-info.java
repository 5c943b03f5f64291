/** Request/reply: {@link org.brokertck.api.requestreply.RequestReply}, its responders, its failures and its values. */
@NullMarked
package org.brokertck.api.requestreply;

import org.jspecify.annotations.NullMarked;
