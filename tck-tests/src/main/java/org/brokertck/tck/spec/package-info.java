/** The catalogue of numbered rules, parsed from {@code docs/SPEC.md}, which travels inside the kit's jar. */
@NullMarked
package org.brokertck.tck.spec;

import org.jspecify.annotations.NullMarked;
