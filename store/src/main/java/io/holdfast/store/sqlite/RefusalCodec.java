package io.holdfast.store.sqlite;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.local.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A refusal as bytes: name of the code and of the field (modified UTF-8 with a 2-byte length), milliseconds (8 bytes), and the rest is the sentence in UTF-8. */
final class RefusalCodec {

    private RefusalCodec() {}

    static byte[] encode(Refusal refusal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(refusal.code().name());
            out.writeUTF(refusal.field());
            out.writeLong(refusal.atMillis());
            out.write(refusal.message().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The first bytes of every refusal with a code, and of no other. */
    static byte[] beginning(ErrorCode code) {
        byte[] whole = encode(new Refusal(code, "", "", 0));
        return Arrays.copyOf(whole, whole.length - Short.BYTES - Long.BYTES);
    }

    static Optional<Refusal> decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            ErrorCode code = ErrorCode.valueOf(in.readUTF());
            String field = in.readUTF();
            long atMillis = in.readLong();
            return Optional.of(
                    new Refusal(code, field, new String(in.readAllBytes(), StandardCharsets.UTF_8), atMillis));
        } catch (IOException e) {
            throw new IllegalArgumentException("a stored refusal is cut short", e);
        }
    }
}
