package org.brokertck.cli.serve;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** A writer for those who have bytes of UTF-8, whole characters at a time. It is flushed each time, and is not closed. */
final class WriterStream extends OutputStream {
    private final PrintWriter writer;

    WriterStream(PrintWriter writer) {
        this.writer = writer;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        writer.print(new String(bytes, from, length, StandardCharsets.UTF_8));
        writer.flush();
    }
}
