/** What the packages of the contract share and nobody else should use. */
@NullMarked
package org.brokertck.api.internal;

import org.jspecify.annotations.NullMarked;
