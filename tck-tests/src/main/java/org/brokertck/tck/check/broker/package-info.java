/** Pure checks on what happened to a message broker or a multi-broker. */
@NullMarked
package org.brokertck.tck.check.broker;

import org.jspecify.annotations.NullMarked;
