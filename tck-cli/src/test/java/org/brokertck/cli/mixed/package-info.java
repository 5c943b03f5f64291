/** One multi-broker over brokers of several kinds, whose servers fail while messages are produced. */
@NullMarked
package org.brokertck.cli.mixed;

import org.jspecify.annotations.NullMarked;
