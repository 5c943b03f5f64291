/** The rules of the message codec, one interface a concept, gathered in {@link org.brokertck.tck.codec.MessageCodecTck}. */
@NullMarked
package org.brokertck.tck.codec;

import org.jspecify.annotations.NullMarked;
