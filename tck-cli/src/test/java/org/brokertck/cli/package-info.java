/** Tests of the command line, and the runs against real brokers in containers. */
@NullMarked
package org.brokertck.cli;

import org.jspecify.annotations.NullMarked;
