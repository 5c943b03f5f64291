/**
 * Bare hand-offs: what the machine can do when records are passed on and nothing else is done for them. Figures of brokers are told
 * as shares of them.
 */
@NullMarked
package org.brokertck.performance.handoff;

import org.jspecify.annotations.NullMarked;
