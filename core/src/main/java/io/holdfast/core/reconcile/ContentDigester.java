package io.holdfast.core.reconcile;

import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Sha256;
import io.holdfast.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Digests what a record says, without stamps: for comparing with replicas that know no stamps. The form is text, so that a
 * database computes the same in its own language, and whole tables are compared without being pulled. Immutable and
 * thread-safe.
 *
 * <p>A digest is SHA-256 (FIPS 180-4) over a salt and the UTF-8 of a text: first the id, then the given fields, ascending by
 * name, each ended by a semicolon. Texts, JSON and the id are preceded by the number of their UTF-8 bytes and a colon; a field
 * without a value is a tilde; integers, instants and durations (microseconds) are decimal digits, decimals have all digits of
 * their scale, doubles are the 16 hexadecimal digits of their IEEE 754 form, booleans {@code t} or {@code f}, bytes
 * hexadecimal. No part can be taken for the beginning of another, so equal texts mean equal records.
 */
public final class ContentDigester {

    private static final int BUCKET_SHIFT = 4;

    private final byte[] salt;
    private final List<String> fields;
    private final Optional<String> mark;

    /**
     * A digester of these fields.
     *
     * @param salt the same on both sides, and known to nobody who could choose records by it
     * @param fields of one collection, in any order
     */
    public ContentDigester(byte[] salt, Collection<String> fields) {
        this(salt, fields, Optional.empty());
    }

    private ContentDigester(byte[] salt, Collection<String> fields, Optional<String> mark) {
        this.salt = salt.clone();
        this.fields = fields.stream().distinct().sorted().toList();
        this.mark = mark;
    }

    /** The same, but records of which this BOOLEAN field is true count as not there. */
    public ContentDigester passingOver(Optional<String> field) {
        return new ContentDigester(salt, fields, field);
    }

    /** The field that keeps a record out, if one does. */
    public Optional<String> mark() {
        return mark;
    }

    /** Whether a record counts. */
    public boolean counts(Function<String, Value> values) {
        return mark.isEmpty() || !values.apply(mark.get()).equals(new Value.Bool(true));
    }

    /** What is hashed before the text. */
    public byte[] salt() {
        return salt.clone();
    }

    /** The fields that count, ascending. */
    public List<String> fields() {
        return fields;
    }

    /**
     * The digest of a record.
     *
     * @param values by field; {@link Value#NULL} for none
     * @throws IllegalArgumentException if a field holds a counter or a set: those are sums of what replicas did, not contents
     */
    public Digest digest(String id, Function<String, Value> values) {
        StringBuilder text = new StringBuilder(32 + 16 * fields.size());
        sized(text, id);
        for (String field : fields) {
            write(text, values.apply(field));
        }
        return Digest.of(new Sha256().bytes(salt).text(text.toString()).digest());
    }

    /** The leaf of {@link Buckets} that an id falls into: the first 12 bits of the SHA-256 of its UTF-8. */
    public static int bucket(String id) {
        byte[] hash = new Sha256().text(id).digest();
        return (hash[0] & 0xff) << BUCKET_SHIFT | (hash[1] & 0xff) >>> BUCKET_SHIFT;
    }

    private static void write(StringBuilder text, Value value) {
        switch (value) {
            case Value.Null ignored -> text.append('~');
            case Value.Text one -> sizedOpen(text, one.text());
            case Value.Json one -> sizedOpen(text, one.canonical());
            case Value.Int one -> text.append(one.number());
            case Value.Time one -> text.append(one.epochMicros());
            case Value.Span one -> text.append(one.micros());
            case Value.Decimal one -> text.append(one.number().toPlainString());
            case Value.Real one -> text.append(HexFormat.of().toHexDigits(Double.doubleToLongBits(one.number())));
            case Value.Bool one -> text.append(one.flag() ? 't' : 'f');
            case Value.Bytes one -> text.append(HexFormat.of().formatHex(one.bytes()));
            case CounterValue ignored -> throw notContent();
            case SetValue ignored -> throw notContent();
        }
        text.append(';');
    }

    private static void sized(StringBuilder text, String one) {
        sizedOpen(text, one);
        text.append(';');
    }

    private static void sizedOpen(StringBuilder text, String one) {
        text.append(utf8Length(one)).append(':').append(one);
    }

    private static int utf8Length(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return text.length();
    }

    private static IllegalArgumentException notContent() {
        return new IllegalArgumentException("counters and sets have no content of their own");
    }
}
