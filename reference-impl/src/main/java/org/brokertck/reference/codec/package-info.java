/**
 * Messages as JSON and as CBOR, over Jackson's streaming core: {@link org.brokertck.reference.codec.JacksonMessageCodec}. Each
 * version of each format is a {@code Layout} of its own.
 */
@NullMarked
package org.brokertck.reference.codec;

import org.jspecify.annotations.NullMarked;
