package org.brokertck.tck.spec;

import java.util.Set;
import org.brokertck.api.target.Capability;

/**
 * One numbered rule of the specification.
 *
 * @param id such as {@code Q-14}
 * @param level how strongly it binds
 * @param capability the word of the capability that makes a {@link Level#CAP} rule binding; empty for the others
 * @param sentence what a conforming implementation does
 * @param checkFirst where the fault most often lies when the rule fails; empty when the specification gives no hint
 */
public record Rule(String id, Level level, String capability, String sentence, String checkFirst) {
    /** The letter before the dash, which names the contract. */
    public String family() {
        return id.substring(0, id.indexOf('-'));
    }

    /** Whether the rule binds a target with these capabilities. */
    public boolean binds(Set<Capability> capabilities) {
        return level != Level.CAP
                || capabilities.stream().anyMatch(it -> it.word().equals(capability));
    }
}
