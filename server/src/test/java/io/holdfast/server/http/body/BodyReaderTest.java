package io.holdfast.server.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class BodyReaderTest {

    private final BodyMemory memory = new BodyMemory(4L * Limits.BODY_BYTES_MAX);

    private byte[] read(byte[] sent, Encoding encoding) {
        try (BodyMemory.Lease lease = memory.lease()) {
            return BodyReader.read(new ByteArrayInputStream(sent), -1, encoding, lease);
        }
    }

    private static byte[] encode(byte[] plain, Encoding encoding) throws IOException {
        return switch (encoding) {
            case IDENTITY -> plain;
            case ZSTD -> Zstd.compress(plain);
            case GZIP -> {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                    out.write(plain);
                }
                yield bytes.toByteArray();
            }
        };
    }

    @Test
    void readsBackWhateverWasCompressed() {
        Property.of("a body is read as it was before compression")
                .tries(1_000)
                .forAll(Gens.bytes(0, 5_000), Gens.pick(Encoding.values()), (plain, encoding) -> {
                    assertThat(read(encode(plain, encoding), encoding)).isEqualTo(plain);
                    assertThat(memory.taken()).isZero();
                });
    }

    @Test
    void refusesWhateverIsCutShortOrContinued() {
        Property.of("a compressed body that is cut or continued is refused with its code")
                .tries(1_000)
                .forAll(
                        Gens.bytes(1, 3_000),
                        Gens.pick(Encoding.GZIP, Encoding.ZSTD),
                        Gens.ints(-20, 20),
                        (plain, encoding, by) -> {
                            byte[] whole = encode(plain, encoding);
                            int length = Math.max(0, whole.length + (by == 0 ? 1 : by));
                            byte[] sent = Arrays.copyOf(whole, length);
                            Arrays.fill(sent, Math.min(length, whole.length), length, (byte) 'x');
                            assertThatThrownBy(() -> read(sent, encoding))
                                    .isInstanceOfSatisfying(
                                            HoldfastException.class,
                                            refusal ->
                                                    assertThat(refusal.code()).isEqualTo(ErrorCode.ENCODING_INVALID));
                        });
    }

    @Test
    void neverFailsOtherwiseThanByACode() {
        Property.of("any bytes are a body or are refused with a code")
                .tries(2_000)
                .forAll(Gens.bytes(0, 200), Gens.pick(Encoding.values()), (bytes, encoding) -> {
                    try {
                        byte[] magic = encode(new byte[50], encoding);
                        System.arraycopy(
                                bytes,
                                0,
                                magic,
                                Math.min(4, magic.length),
                                Math.min(bytes.length, magic.length - Math.min(4, magic.length)));
                        read(bytes, encoding);
                        read(magic, encoding);
                    } catch (HoldfastException refusal) {
                        assertThat(refusal.code()).isIn(Set.of(ErrorCode.ENCODING_INVALID, ErrorCode.BODY_TOO_LARGE));
                    }
                });
    }

    @Test
    void takesABodyOfExactlyTheLimitAndNoMore() throws IOException {
        byte[] full = new byte[Limits.BODY_BYTES_MAX];
        byte[] over = new byte[Limits.BODY_BYTES_MAX + 1];
        for (Encoding encoding : Encoding.values()) {
            assertThat(read(encode(full, encoding), encoding)).hasSize(Limits.BODY_BYTES_MAX);
            byte[] sent = encode(over, encoding);
            assertThatThrownBy(() -> read(sent, encoding))
                    .isInstanceOfSatisfying(
                            HoldfastException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BODY_TOO_LARGE));
        }
        assertThat(memory.taken()).isZero();
    }

    @Test
    void refusesAWindowThatCostsMoreThanTheBodyMay() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (ZstdOutputStreamNoFinalizer out = new ZstdOutputStreamNoFinalizer(sent)) {
            out.setLong(27);
            out.write(new byte[100]);
        }
        assertThatThrownBy(() -> read(sent.toByteArray(), Encoding.ZSTD))
                .isInstanceOfSatisfying(
                        HoldfastException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.ENCODING_INVALID));
    }

    @Test
    void refusesABodyWhenTheMemoryOfAllIsTaken() {
        BodyMemory small = new BodyMemory(1_000);
        try (BodyMemory.Lease first = small.lease();
                BodyMemory.Lease second = small.lease()) {
            BodyReader.read(new ByteArrayInputStream(new byte[600]), 600, Encoding.IDENTITY, first);
            assertThatThrownBy(() ->
                            BodyReader.read(new ByteArrayInputStream(new byte[600]), 600, Encoding.IDENTITY, second))
                    .isInstanceOfSatisfying(
                            HoldfastException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        }
        assertThat(small.taken()).isZero();
    }

    @Test
    void choosesTheCodingThatTheClientLikes() {
        assertThat(AcceptEncoding.choose("")).isEqualTo(Encoding.IDENTITY);
        assertThat(AcceptEncoding.choose("identity, br")).isEqualTo(Encoding.IDENTITY);
        assertThat(AcceptEncoding.choose("gzip, deflate, zstd")).isEqualTo(Encoding.ZSTD);
        assertThat(AcceptEncoding.choose("*")).isEqualTo(Encoding.ZSTD);
        assertThat(AcceptEncoding.choose("zstd;q=0.5, gzip;q=0.8")).isEqualTo(Encoding.GZIP);
        assertThat(AcceptEncoding.choose("zstd;q=0, *")).isEqualTo(Encoding.GZIP);
        assertThat(AcceptEncoding.choose("zstd;q=x, gzip;q=0")).isEqualTo(Encoding.IDENTITY);
    }
}
