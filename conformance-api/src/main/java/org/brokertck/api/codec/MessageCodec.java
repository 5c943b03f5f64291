package org.brokertck.api.codec;

import org.brokertck.api.MalformedMessageException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.message.Message;

/**
 * Writes messages as bytes and reads them again (rule K-4). Encoded messages tell the version in which they were written: a new
 * codec reads all versions from 1 on, and can still write each of them for readers that are not up to date. Holds nothing that would
 * need closing; all methods may be called from many threads at once (rule G-4).
 */
public interface MessageCodec {
    /** What it writes and reads. */
    CodecFormat format();

    /** The newest version, which {@link #encode(Message)} writes; 1 or more. */
    int version();

    /**
     * Writes a message in the newest version.
     *
     * @throws NullPointerException when the message is null
     * @throws IllegalArgumentException when a text of the message holds half a surrogate pair, which is no text; names the field
     * @throws MessageTooLargeException when that would take more than {@link CodecConfig#maxBytes()}
     */
    byte[] encode(Message message);

    /**
     * Writes a message in an older version, for readers that know no newer one.
     *
     * @param version from 1 to {@link #version()}
     * @throws NullPointerException when the message is null
     * @throws IllegalArgumentException when there is no such version, or a text of the message holds half a surrogate pair
     * @throws MessageTooLargeException when that would take more than {@link CodecConfig#maxBytes()}
     */
    byte[] encode(Message message, int version);

    /**
     * Reads a message of any version. It equals the one that was written, for timestamps of the years 1 to 9999. What came before,
     * behind or beside a message is no part of it and is refused, but for fields that this codec does not know, which are skipped. White
     * space counts for nothing in JSON; whether a codec also reads a byte order mark, or JSON in another encoding than UTF-8, is open.
     *
     * @param encoded the message and nothing else; neither changed nor kept
     * @throws NullPointerException when it is null
     * @throws MalformedMessageException when it is no encoded message, or longer than {@link CodecConfig#maxBytes()}; nothing else
     *     is ever thrown, whatever the bytes
     */
    Message decode(byte[] encoded);
}
