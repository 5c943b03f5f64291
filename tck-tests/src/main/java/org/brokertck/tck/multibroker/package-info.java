/**
 * The rules of the multi-broker, by theme, the brokers that the kit puts behind it, which do what a test asks of them, and the class
 * that gathers the rules for an implementer.
 */
@NullMarked
package org.brokertck.tck.multibroker;

import org.jspecify.annotations.NullMarked;
