/**
 * The contract that every broker of this project keeps: the exceptions that all interfaces share live here, each
 * interface with its values in a package of its own.
 */
@NullMarked
package org.brokertck.api;

import org.jspecify.annotations.NullMarked;
