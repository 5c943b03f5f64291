/**
 * The kit's proof of itself: queues with one subtle fault each, and the rule that must catch it. A fault counts as caught only
 * by its own rule's own finding.
 */
@NullMarked
package org.brokertck.tck.faulty;

import org.jspecify.annotations.NullMarked;
