/** What the scenarios of all contracts share: guarded calls, fresh names, messages, gates, and the server behind a target. */
@NullMarked
package org.brokertck.tck.scenario;

import org.jspecify.annotations.NullMarked;
