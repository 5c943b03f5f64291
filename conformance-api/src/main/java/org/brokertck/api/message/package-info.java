/** What travels: the immutable {@link org.brokertck.api.message.Message} and the handler that receives it. */
@NullMarked
package org.brokertck.api.message;

import org.jspecify.annotations.NullMarked;
