/**
 * What an implementer hands to the kit: a {@link org.brokertck.api.target.ConformanceTarget} that opens instances, says
 * what it supports, and may offer a clock and faults.
 */
@NullMarked
package org.brokertck.api.target;

import org.jspecify.annotations.NullMarked;
