/** What the building blocks must do, as pure models and checks: none calls an implementation. */
@NullMarked
package org.brokertck.tck.check.resilience;

import org.jspecify.annotations.NullMarked;
