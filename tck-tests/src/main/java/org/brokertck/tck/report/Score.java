package org.brokertck.tck.report;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.run.RuleResult;
import org.brokertck.tck.run.Status;
import org.brokertck.tck.spec.Level;

/**
 * How many of the rules that bind a target it was seen to keep. A SHOULD rule binds nobody, a CAP rule whoever claims its
 * capability. What was not run is not kept either, but leaves the level open while it could still change it.
 *
 * @param name what is scored
 * @param binding how many rules bind
 * @param kept how many of them passed
 * @param notRun how many of them were not run
 */
record Score(String name, int binding, int kept, int notRun) {
    /** The score of some rules. */
    static Score of(String name, Collection<RuleResult> rules, Set<Capability> claims) {
        List<Status> statuses = rules.stream()
                .filter(it -> it.rule().level() != Level.SHOULD && it.rule().binds(claims))
                .map(RuleResult::status)
                .filter(it -> it != Status.NOT_SUPPORTED)
                .toList();
        return new Score(name, statuses.size(), count(statuses, Status.PASSED), count(statuses, Status.NOT_RUN));
    }

    private static int count(List<Status> statuses, Status status) {
        return (int) statuses.stream().filter(it -> it == status).count();
    }

    /** How many were run, and not kept. */
    int notKept() {
        return binding - kept - notRun;
    }

    /** The share that is kept, in whole percent, rounded down: 100 means all. */
    int percent() {
        return percent(kept);
    }

    /** The level; open when the rules that were not run decide it. */
    String level() {
        if (binding == 0) {
            return "No rule binds";
        }
        Grade worst = Grade.of(percent());
        return worst == Grade.of(percent(kept + notRun)) ? worst.word() : "Open: " + notRun + " not run";
    }

    private int percent(int rules) {
        return binding == 0 ? 0 : rules * 100 / binding;
    }
}
