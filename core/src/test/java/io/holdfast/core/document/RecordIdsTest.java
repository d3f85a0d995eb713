package io.holdfast.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordIdsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "01JC", "with space", "a/b", "ünï", "😀", "."})
    void acceptsOrdinaryIds(String id) {
        assertThat(RecordIds.check(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "a\nb", "\u007f", "\u0085", "\ud800", "\udc00\ud800"})
    void refusesIdsThatNotEveryReplicaCanHold(String id) {
        assertThat(RecordIds.check(id))
                .hasValueSatisfying(violation -> assertThat(violation.code()).isEqualTo(ErrorCode.RECORD_ID));
    }

    @Test
    void countsBytesAndEndsExactlyAtTheLimit() {
        assertThat(RecordIds.check("a".repeat(Limits.ID_BYTES_MAX))).isEmpty();
        assertThat(RecordIds.check("a".repeat(Limits.ID_BYTES_MAX + 1))).isPresent();
        assertThat(RecordIds.check("é".repeat(Limits.ID_BYTES_MAX / 2))).isEmpty();
        assertThat(RecordIds.check("é".repeat(Limits.ID_BYTES_MAX / 2) + "a")).isPresent();
    }
}
