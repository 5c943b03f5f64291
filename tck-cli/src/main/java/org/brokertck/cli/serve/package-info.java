/** What {@code tck serve} starts: the reference, watched and under sample traffic, and where its log lines go. */
@NullMarked
package org.brokertck.cli.serve;

import org.jspecify.annotations.NullMarked;
