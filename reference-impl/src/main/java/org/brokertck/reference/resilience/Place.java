package org.brokertck.reference.resilience;

import org.jspecify.annotations.Nullable;

/**
 * One of a pool's places in the hands of a borrower.
 *
 * @param connection the idle connection that came with it; null when there was none
 * @param expired whether that has lain idle for too long
 */
record Place<C>(@Nullable C connection, boolean expired) {}
