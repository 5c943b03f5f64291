/**
 * One broker behind the smallest useful interface, {@link org.brokertck.api.multibroker.MessageBroker}, its health, and what makes
 * several of them one.
 */
@NullMarked
package org.brokertck.api.multibroker;

import org.jspecify.annotations.NullMarked;
