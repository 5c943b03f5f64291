/** The rules of the message broker, by theme, and the class that gathers them for an implementer. */
@NullMarked
package org.brokertck.tck.broker;

import org.jspecify.annotations.NullMarked;
