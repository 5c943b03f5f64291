/** Tests of the adapter: of its parts without a server, and of the whole ({@code *IT}) with one. */
@NullMarked
package org.brokertck.redis;

import org.jspecify.annotations.NullMarked;
