/** Deliberately faulty monitors, each caught by the rule that it names. */
@NullMarked
package org.brokertck.tck.faulty.monitoring;

import org.jspecify.annotations.NullMarked;
