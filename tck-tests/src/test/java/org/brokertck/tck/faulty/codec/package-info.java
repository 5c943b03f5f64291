/** Deliberately faulty codecs, each of which a rule must catch. */
@NullMarked
package org.brokertck.tck.faulty.codec;

import org.jspecify.annotations.NullMarked;
