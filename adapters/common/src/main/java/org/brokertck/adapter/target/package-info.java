/** What the targets of adapters bring along for the kit, whatever the server. */
@NullMarked
package org.brokertck.adapter.target;

import org.jspecify.annotations.NullMarked;
