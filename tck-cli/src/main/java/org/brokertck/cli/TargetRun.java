package org.brokertck.cli;

import java.nio.file.Path;
import org.brokertck.api.target.ConformanceTarget;
import org.brokertck.tck.run.Replay;
import org.brokertck.tck.run.RunResult;
import org.brokertck.tck.run.Runner;
import org.brokertck.tck.suite.Suites;

/** Runs the chosen contracts against one target, and puts their results together. */
final class TargetRun {
    private final ConformanceTarget target;
    private final RunSettings settings;
    private final Replay replay;
    private final Terminal terminal;

    TargetRun(ConformanceTarget target, RunSettings settings, Replay replay, Terminal terminal) {
        this.target = target;
        this.settings = settings;
        this.replay = replay;
        this.terminal = terminal;
    }

    RunResult run(Path folder) {
        Probe.reach(target);
        terminal.start(target, settings, replay);
        return settings.contracts().stream()
                .map(it -> new Runner(target, settings.selection(), replay, terminal, folder).run(it, Suites.of(it)))
                .reduce(RunResult::and)
                .orElseThrow(() -> new IllegalArgumentException("--contract names no contract"));
    }
}
