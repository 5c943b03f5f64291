/**
 * The kit's proof of itself: implementations with one subtle fault each, and the rules that must catch them. A fault counts as caught only
 * by its own rule's own finding.
 */
@NullMarked
package org.brokertck.tck.faulty;

import org.jspecify.annotations.NullMarked;
