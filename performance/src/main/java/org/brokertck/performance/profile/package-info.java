/** The performance profile of one target: what {@code ./tck bench} runs. */
@NullMarked
package org.brokertck.performance.profile;

import org.jspecify.annotations.NullMarked;
