/** The command line: {@code ./tck run}, {@code matrix}, {@code bench}, {@code rules} and {@code explain}. */
@NullMarked
package org.brokertck.cli;

import org.jspecify.annotations.NullMarked;
