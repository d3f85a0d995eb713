package io.holdfast.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final Cursor HEAD = new Cursor("1-ab", 40, "cafe");

    @Test
    void aCompleteCursorIsItsOwnHead() {
        assertThat(HEAD.head()).isEqualTo(HEAD);
        assertThat(HEAD.isPartial()).isFalse();
    }

    @Test
    void aPartialCursorLeadsToTheHeadItWasReadUnder() {
        Cursor partial = Cursor.partial(12, HEAD);
        assertThat(partial.isPartial()).isTrue();
        assertThat(partial.sequence()).isEqualTo(12);
        assertThat(partial.head()).isEqualTo(HEAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "x-cafe", "-cafe", "99999999999999999999-cafe", "-5-cafe", "11-cafe"})
    void aChainThatNoServerGaveLeadsNowhere(String chain) {
        Cursor cursor = new Cursor("1-ab", 12, chain);
        assertThat(cursor.head()).isEqualTo(cursor);
    }
}
