/** The rule tests of request/reply. */
@NullMarked
package org.brokertck.tck.requestreply;

import org.jspecify.annotations.NullMarked;
