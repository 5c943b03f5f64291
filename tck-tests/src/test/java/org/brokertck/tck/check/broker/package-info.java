/** The checks of message brokers and multi-brokers on hand-written histories. */
@NullMarked
package org.brokertck.tck.check.broker;

import org.jspecify.annotations.NullMarked;
