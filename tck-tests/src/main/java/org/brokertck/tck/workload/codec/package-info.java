/** Random messages for codecs: what jqwik generates, shrinks and replays. */
@NullMarked
package org.brokertck.tck.workload.codec;

import org.jspecify.annotations.NullMarked;
