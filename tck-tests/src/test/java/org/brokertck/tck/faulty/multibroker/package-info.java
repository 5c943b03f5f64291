/** Faulty multi-brokers, one subtle fault each, and the test that every rule of the multi-broker catches what it must. */
@NullMarked
package org.brokertck.tck.faulty.multibroker;

import org.jspecify.annotations.NullMarked;
