/** What a monitor gave out, as values: its metrics as read by a strict parser of the kit's own, and the life of its alerts. */
@NullMarked
package org.brokertck.tck.history.monitoring;

import org.jspecify.annotations.NullMarked;
