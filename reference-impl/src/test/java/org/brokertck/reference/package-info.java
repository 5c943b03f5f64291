/** What the tests of the reference share. */
@NullMarked
package org.brokertck.reference;

import org.jspecify.annotations.NullMarked;
