/** How topics find their subscribers: the reference's trie, matchers of other brokers, and one that tries every pattern. */
@NullMarked
package org.brokertck.benchmarks.topics;

import org.jspecify.annotations.NullMarked;
