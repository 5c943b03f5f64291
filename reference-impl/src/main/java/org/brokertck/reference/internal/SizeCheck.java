package org.brokertck.reference.internal;

import java.util.Map;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.message.Message;
import org.brokertck.api.target.Limits;

/** Refuses messages over the limits (rule G-6). Measures without encoding, since every message passes here. */
public final class SizeCheck {
    private final Limits limits;

    /** @param limits the largest that passes */
    public SizeCheck(Limits limits) {
        this.limits = limits;
    }

    /** @throws MessageTooLargeException when the message is over a limit */
    public void check(Message message) {
        check(message.payloadSize(), message.headers());
    }

    /** @throws MessageTooLargeException when a message with this payload and these headers is over a limit */
    public void check(int payloadBytes, Map<String, String> headers) {
        if (payloadBytes > limits.maxPayloadBytes()) {
            throw tooLarge("payload", payloadBytes, limits.maxPayloadBytes());
        }
        long headerBytes = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            headerBytes += utf8Length(header.getKey()) + utf8Length(header.getValue());
        }
        if (headerBytes > limits.maxHeaderBytes()) {
            throw tooLarge("header", headerBytes, limits.maxHeaderBytes());
        }
    }

    /** The length in UTF-8; half of a surrogate pair counts one byte, as the question mark that encoders put for it. */
    static long utf8Length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                bytes += 1;
            }
        }
        return bytes;
    }

    private static MessageTooLargeException tooLarge(String part, long size, int limit) {
        return new MessageTooLargeException("The message has " + size + " " + part + " bytes, and " + limit
                + " is the most that is taken: send a reference to the data instead, or raise the limit");
    }
}
