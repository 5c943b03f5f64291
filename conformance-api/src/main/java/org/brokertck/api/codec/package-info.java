/** Messages as bytes: {@link org.brokertck.api.codec.MessageCodec} and its settings. */
@NullMarked
package org.brokertck.api.codec;

import org.jspecify.annotations.NullMarked;
