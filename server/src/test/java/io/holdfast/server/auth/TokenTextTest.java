package io.holdfast.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TokenTextTest {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_= \n";
    private static final int TRIES = 1_000;

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void readsBackWhatItWrote() {
        for (int i = 0; i < TRIES; i++) {
            TokenText text = TokenText.draw(random);
            assertThat(TokenText.parse(text.reveal())).contains(text);
        }
    }

    @Test
    void oneChangedCharacterIsAnotherTokenOrNone() {
        TokenText text = TokenText.draw(random);
        for (int i = 0; i < TRIES; i++) {
            StringBuilder changed = new StringBuilder(text.reveal());
            int at = random.nextInt(changed.length());
            changed.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            if (!changed.toString().equals(text.reveal())) {
                assertThat(TokenText.parse(changed.toString())).isNotEqualTo(java.util.Optional.of(text));
            }
        }
    }

    @Test
    void refusesOtherLengths() {
        String whole = TokenText.draw(random).reveal();
        assertThat(TokenText.parse("")).isEmpty();
        assertThat(TokenText.parse(whole.substring(1))).isEmpty();
        assertThat(TokenText.parse(whole + "A")).isEmpty();
        assertThat(TokenText.parse(whole + "=")).isEmpty();
    }

    @Test
    void hidesTheSecret() {
        TokenText text = TokenText.draw(random);
        assertThat(text.toString())
                .contains(text.id())
                .doesNotContain(text.reveal().substring(20));
    }
}
