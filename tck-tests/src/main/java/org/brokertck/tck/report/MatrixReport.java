package org.brokertck.tck.report;

import java.nio.file.Path;
import java.util.List;
import org.brokertck.tck.run.RunResult;

/** Several runs side by side: rules down, targets across. */
public final class MatrixReport {
    private MatrixReport() {}

    /** A Markdown table, one row a rule, with totals and a legend; for a README. */
    public static String markdown(List<RunResult> results) {
        return Page.text("matrix.md", MatrixView.of(results, Markdown::cell));
    }

    /**
     * Writes {@code matrix.html}, a page that stands alone.
     *
     * @param folder where to; made when it is not there
     * @return its path
     * @throws java.io.UncheckedIOException when the folder or the file cannot be written
     */
    public static Path write(List<RunResult> results, Path folder) {
        return Reports.save(folder, "matrix.html", Page.html("matrix.html", MatrixView.of(results, Legible::of)));
    }
}
