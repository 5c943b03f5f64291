/**
 * Where the reference takes its time from: a {@link org.brokertck.reference.time.TimeSource} that is either the system's
 * or a {@link org.brokertck.reference.time.VirtualClock} that a test moves by hand.
 */
@NullMarked
package org.brokertck.reference.time;

import org.jspecify.annotations.NullMarked;
