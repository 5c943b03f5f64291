/** What the contracts of the reference share, and nobody else should use. */
@NullMarked
package org.brokertck.reference.internal;

import org.jspecify.annotations.NullMarked;
