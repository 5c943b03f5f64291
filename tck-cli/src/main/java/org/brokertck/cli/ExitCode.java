package org.brokertck.cli;

/** What the command tells scripts by its exit code. */
final class ExitCode {
    /** Every rule that binds and was tested is kept. */
    static final int CONFORMANT = 0;
    /** A MUST rule, or a CAP rule whose capability is declared, failed or was inconclusive. */
    static final int NOT_CONFORMANT = 1;
    /** The command was called wrongly. */
    static final int USAGE = 2;
    /** No rule was tested. */
    static final int NOTHING_RAN = 3;
    /** The target could not be reached or found. */
    static final int NO_TARGET = 4;

    private ExitCode() {}
}
