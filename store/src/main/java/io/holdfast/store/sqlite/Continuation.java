package io.holdfast.store.sqlite;

import io.holdfast.core.value.Value;
import io.holdfast.core.value.ValueCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Where a page ended: the values by which its last record was ordered, the id last. As text: base64url of the byte 1, a hash
 * of the order (4 bytes, so that a continuation is not taken for one of another order) and the values.
 */
final class Continuation {

    private static final byte FORM = 1;

    private Continuation() {}

    static String encode(int order, List<Value> values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            out.writeInt(order);
            for (Value value : values) {
                ValueCodec.write(value, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** @throws io.holdfast.core.error.HoldfastException QUERY_INVALID if the text is no continuation of this order */
    static List<Value> decode(String text, int order, int count) {
        try (DataInputStream in = new DataInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
            if (in.readByte() == FORM && in.readInt() == order) {
                List<Value> values = new ArrayList<>();
                while (in.available() > 0) {
                    values.add(ValueCodec.read(in));
                }
                if (values.size() == count) {
                    return values;
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // Falls through: whatever it is, it did not come from here.
        }
        throw ConditionSql.invalid("The continuation does not belong to this query. Begin with the first page.");
    }
}
