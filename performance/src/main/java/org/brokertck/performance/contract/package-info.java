/** A target's contracts as candidates: what is measured goes through the interfaces that users call, with all features on. */
@NullMarked
package org.brokertck.performance.contract;

import org.jspecify.annotations.NullMarked;
