package org.brokertck.tck.faulty.codec;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.brokertck.api.MalformedMessageException;
import org.brokertck.api.MessageTooLargeException;
import org.brokertck.api.codec.CodecConfig;
import org.brokertck.api.message.Message;
import org.brokertck.tck.faulty.Fault;

/** Arguments, limits, arrays and threads. */
final class InstanceFaults {
    private InstanceFaults() {}

    static List<Fault> all() {
        return List.of(
                FaultyCodecs.wrapped(
                        "KeepsWhatItRefused",
                        "G-6",
                        "on one thread threw",
                        "Writes into a buffer for each thread, which is emptied when a message has been written.",
                        it -> new WrappedCodec(it) {
                            private final ThreadLocal<Boolean> full = ThreadLocal.withInitial(() -> false);

                            @Override
                            public byte[] encode(Message message, int version) {
                                try {
                                    byte[] encoded = super.encode(message, version);
                                    if (full.get()) {
                                        throw new MessageTooLargeException(
                                                "More than %d bytes".formatted(config.maxBytes()));
                                    }
                                    return encoded;
                                } catch (MessageTooLargeException refusal) {
                                    full.set(true);
                                    throw refusal;
                                }
                            }
                        }),
                FaultyCodecs.wrapped(
                        "VersionZeroIsTheNewest",
                        "G-1",
                        "was accepted",
                        "Takes every version that there is not for the newest.",
                        it -> new WrappedCodec(it) {
                            @Override
                            public byte[] encode(Message message, int version) {
                                return super.encode(message, version < 1 || version > version() ? version() : version);
                            }
                        }),
                FaultyCodecs.wrapped(
                        "NullIsDamaged",
                        "G-1",
                        "threw",
                        "Takes no bytes for damaged ones.",
                        it -> new WrappedCodec(it) {
                            @Override
                            public Message decode(byte[] encoded) {
                                if (encoded == null) {
                                    throw new MalformedMessageException("nothing to read");
                                }
                                return super.decode(encoded);
                            }
                        }),
                FaultyCodecs.wrapped(
                        "RefusesNullWithoutAName",
                        "G-1",
                        "does not name",
                        "Does not say what was null.",
                        it -> new WrappedCodec(it) {
                            @Override
                            public byte[] encode(Message message, int version) {
                                if (message == null) {
                                    throw new NullPointerException();
                                }
                                return super.encode(message, version);
                            }
                        }),
                FaultyCodecs.wrapped(
                        "OneBufferForAll",
                        "G-4",
                        "came back as|threw",
                        "Keeps the message that it writes in a field.",
                        it -> new WrappedCodec(it) {
                            private volatile Message current = Message.builder().build();

                            @Override
                            public byte[] encode(Message message, int version) {
                                if (message == null) {
                                    return super.encode(message, version);
                                }
                                current = message;
                                Thread.yield();
                                return super.encode(current, version);
                            }
                        }),
                FaultyCodecs.wrapped(
                        "NoLimitToWrite",
                        "G-6",
                        "was accepted",
                        "Writes messages of any size.",
                        it -> new WrappedCodec(new CodecConfig(it.format(), CodecConfig.LARGEST)) {
                            @Override
                            public Message decode(byte[] encoded) {
                                if (encoded != null && encoded.length > it.maxBytes()) {
                                    throw new MalformedMessageException("too long");
                                }
                                return super.decode(encoded);
                            }
                        }),
                FaultyCodecs.wrapped(
                        "NoLimitToRead",
                        "G-6",
                        "was accepted",
                        "Reads messages of any size.",
                        it -> new WrappedCodec(new CodecConfig(it.format(), CodecConfig.LARGEST)) {
                            @Override
                            public byte[] encode(Message message, int version) {
                                byte[] encoded = super.encode(message, version);
                                if (encoded.length > it.maxBytes()) {
                                    throw new MessageTooLargeException("too long");
                                }
                                return encoded;
                            }
                        }),
                FaultyCodecs.wrapped(
                        "TheLimitIsOneLess",
                        "G-6",
                        "threw",
                        "Compares with >= where > is due.",
                        it -> new WrappedCodec(it) {
                            @Override
                            public byte[] encode(Message message, int version) {
                                byte[] encoded = super.encode(message, version);
                                if (encoded.length >= it.maxBytes()) {
                                    throw new MessageTooLargeException("too long");
                                }
                                return encoded;
                            }
                        }),
                FaultyCodecs.wrapped(
                        "TheLimitIsThePayloads",
                        "G-6",
                        "was accepted",
                        "Looks at the size of the payload alone.",
                        it -> new WrappedCodec(new CodecConfig(it.format(), CodecConfig.LARGEST)) {
                            @Override
                            public byte[] encode(Message message, int version) {
                                if (message != null && message.payloadSize() > it.maxBytes()) {
                                    throw new MessageTooLargeException("too long");
                                }
                                return super.encode(message, version);
                            }

                            @Override
                            public Message decode(byte[] encoded) {
                                if (encoded != null && encoded.length > it.maxBytes()) {
                                    throw new MalformedMessageException("too long");
                                }
                                return super.decode(encoded);
                            }
                        }),
                FaultyCodecs.wrapped(
                        "RemembersWhatItWrote",
                        "G-8",
                        "has changed what it returns next",
                        "Gives the array out again that it wrote before.",
                        it -> new WrappedCodec(it) {
                            private final Map<String, byte[]> written = new ConcurrentHashMap<>();

                            @Override
                            public byte[] encode(Message message, int version) {
                                return written.computeIfAbsent(
                                        version + String.valueOf(message), any -> super.encode(message, version));
                            }
                        }),
                FaultyCodecs.wrapped(
                        "KeepsTheArrayItReads",
                        "G-8",
                        "came back with the payload",
                        "Reads a message only when it is asked for again.",
                        it -> new WrappedCodec(it) {
                            @Override
                            public Message decode(byte[] encoded) {
                                Message read = super.decode(encoded);
                                return read.payloadSize() == 0 || isJson()
                                        ? read
                                        : read.toBuilder().ownedPayload(encoded).build();
                            }
                        }),
                FaultyCodecs.wrapped(
                        "ReadsInPlace",
                        "G-8",
                        "changed the array",
                        "Decodes into the array that it was given.",
                        it -> new WrappedCodec(it) {
                            @Override
                            public Message decode(byte[] encoded) {
                                Message read = super.decode(encoded);
                                encoded[0] ^= 1;
                                return read;
                            }
                        }));
    }
}
