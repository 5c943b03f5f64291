/** The reference as the kit and the command line see it: the target {@code in-memory}. */
@NullMarked
package org.brokertck.reference.target;

import org.jspecify.annotations.NullMarked;
