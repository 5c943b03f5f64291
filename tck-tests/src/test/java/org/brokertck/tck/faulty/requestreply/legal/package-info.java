/** Request/reply that is odd but legal: it measures false alarms. */
@NullMarked
package org.brokertck.tck.faulty.requestreply.legal;

import org.jspecify.annotations.NullMarked;
