package org.brokertck.tck.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.brokertck.tck.run.RunResult;

/** Leaves a run's report behind, for machines and for people. */
public final class Reports {
    private Reports() {}

    /**
     * Writes {@code report.json} and {@code report.html}, over those of a former run. The environment shown is that of this
     * process, so call it where the run was.
     *
     * @param folder where to; made when it is not there
     * @return the path of {@code report.html}
     * @throws UncheckedIOException when the folder or a file cannot be written
     */
    public static Path write(RunResult result, Path folder) {
        save(folder, "report.json", JsonReport.of(result));
        return save(folder, "report.html", HtmlReport.of(result, Environment.current()));
    }

    /** Writes one file in UTF-8; what UTF-8 cannot hold becomes a question mark, since evidence may hold anything. */
    static Path save(Path folder, String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The report " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
