/** Faulty message brokers, one subtle fault each, and the test that every rule of the message broker catches what it must. */
@NullMarked
package org.brokertck.tck.faulty.broker;

import org.jspecify.annotations.NullMarked;
