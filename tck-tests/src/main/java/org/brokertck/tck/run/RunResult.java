package org.brokertck.tck.run;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.brokertck.api.target.Capability;
import org.brokertck.tck.spec.Level;

/**
 * What a run says of a target.
 *
 * @param kitVersion the version of the kit
 * @param specVersion the version of the specification
 * @param targetName the name of the target
 * @param targetVersion the version of what was tested
 * @param capabilities what the target claims
 * @param startedAt when the run began
 * @param duration how long it took
 * @param seed the seed of all its random workloads
 * @param command the command that runs all of it again
 * @param rules every rule of the contracts that were run, in the specification's order
 */
public record RunResult(
        String kitVersion,
        String specVersion,
        String targetName,
        String targetVersion,
        Set<Capability> capabilities,
        Instant startedAt,
        Duration duration,
        String seed,
        String command,
        List<RuleResult> rules) {
    /** The answer of a run. */
    public enum Verdict {
        /** Every rule that binds the target and was tested is kept, and at least one was. */
        CONFORMANT,
        /** A rule that binds is broken, or could not be judged. */
        NOT_CONFORMANT,
        /** No rule was tested. */
        NOTHING_RAN
    }

    /** This result and that of another contract, run after it on the same target. A rule that binds both is told once. */
    public RunResult and(RunResult other) {
        Map<String, RuleResult> both = new LinkedHashMap<>();
        Stream.concat(rules.stream(), other.rules.stream())
                .forEach(it -> both.merge(it.rule().id(), it, RuleResult::and));
        Duration total = duration.plus(other.duration);
        return new RunResult(
                kitVersion,
                specVersion,
                targetName,
                targetVersion,
                capabilities,
                startedAt,
                total,
                seed,
                command,
                List.copyOf(both.values()));
    }

    /** How many rules have this status. */
    public long count(Status status) {
        return rules.stream().filter(it -> it.status() == status).count();
    }

    /** The answer of the run. */
    public Verdict verdict() {
        if (rules.stream().anyMatch(it -> it.status().isRed() && it.rule().level() != Level.SHOULD)) {
            return Verdict.NOT_CONFORMANT;
        }
        return count(Status.PASSED) > 0 ? Verdict.CONFORMANT : Verdict.NOTHING_RAN;
    }

    /** The rules in one line that ends every run. */
    public String summaryLine() {
        long failed = count(Status.FAILED) + count(Status.INCONCLUSIVE) + count(Status.ERROR);
        long skipped = count(Status.NOT_SUPPORTED) + count(Status.NOT_RUN);
        return "%d passed, %d failed, %d skipped".formatted(count(Status.PASSED), failed, skipped);
    }
}
