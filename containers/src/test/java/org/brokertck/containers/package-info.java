/** The proxy by itself, and real containers where there is an engine. */
@NullMarked
package org.brokertck.containers;

import org.jspecify.annotations.NullMarked;
