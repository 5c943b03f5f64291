package org.brokertck.performance.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The first eight bytes of each payload: a number that tells the record from others, or when it was to be sent. */
public final class Stamp {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Stamp() {}

    /** Reads it. */
    public static long of(byte[] payload) {
        return (long) LONG.get(payload, 0);
    }

    /** Reads it from the beginning of a big-endian buffer, whose position does not move. */
    public static long of(ByteBuffer payload) {
        return payload.getLong(payload.position());
    }

    /** Writes it. */
    public static void write(byte[] payload, long stamp) {
        LONG.set(payload, 0, stamp);
    }
}
