/** What happens to one message broker, or to several behind a multi-broker: who produced what where, and who handled it. */
@NullMarked
package org.brokertck.tck.history.broker;

import org.jspecify.annotations.NullMarked;
