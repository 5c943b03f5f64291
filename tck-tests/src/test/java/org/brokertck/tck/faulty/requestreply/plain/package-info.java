/** A correct request/reply that is made to be read and to be broken. */
@NullMarked
package org.brokertck.tck.faulty.requestreply.plain;

import org.jspecify.annotations.NullMarked;
