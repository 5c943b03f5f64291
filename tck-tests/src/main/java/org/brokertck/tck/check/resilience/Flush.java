package org.brokertck.tck.check.resilience;

import java.util.List;

/**
 * One flush of a batch processor.
 *
 * @param items what it was given, in order
 * @param succeeded whether it returned rather than threw
 */
public record Flush(List<String> items, boolean succeeded) {
    @Override
    public String toString() {
        return items + (succeeded ? "" : " (failed)");
    }
}
