/** Odd but legal codecs, with which no rule may find fault. */
@NullMarked
package org.brokertck.tck.faulty.codec.legal;

import org.jspecify.annotations.NullMarked;
