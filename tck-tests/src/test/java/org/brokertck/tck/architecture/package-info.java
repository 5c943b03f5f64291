/** Which way the arrows between packages and modules point. */
@NullMarked
package org.brokertck.tck.architecture;

import org.jspecify.annotations.NullMarked;
