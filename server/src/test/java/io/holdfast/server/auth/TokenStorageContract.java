package io.holdfast.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.core.exchange.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What every storage of tokens must do; a subclass names the storage. */
public abstract class TokenStorageContract {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123456Z");

    private final SplittableRandom random = new SplittableRandom(11);

    /** An empty storage, a new one for each test. */
    protected abstract TokenStorage storage();

    private Token token(Instant createdAt, Optional<Instant> expiresAt) {
        TokenText text = TokenText.draw(random);
        return new Token(
                text.id(),
                text.secretHash(),
                "ann \"the\" first",
                Role.OPERATOR,
                new TreeSet<>(List.of("garden", "über/scope", "a,b")),
                createdAt,
                expiresAt,
                Optional.empty());
    }

    @Test
    void findsWhatItKept() {
        TokenStorage storage = storage();
        Token endless = token(NOW, Optional.empty());
        Token ending = token(NOW, Optional.of(NOW.plusSeconds(60)));
        storage.create(endless);
        storage.create(ending);
        assertThat(storage.find(endless.id())).contains(endless);
        assertThat(storage.find(ending.id())).contains(ending);
    }

    @Test
    void findsNothingUnderAnotherId() {
        TokenStorage storage = storage();
        storage.create(token(NOW, Optional.empty()));
        assertThat(storage.find("0123456789abcdef")).isEmpty();
        assertThat(storage.find("' or 1=1 --")).isEmpty();
    }

    @Test
    void keepsTheFirstTokenOfAnId() {
        TokenStorage storage = storage();
        Token first = token(NOW, Optional.empty());
        storage.create(first);
        Token second = first.revoked(NOW);
        assertThatIllegalArgumentException().isThrownBy(() -> storage.create(second));
        assertThat(storage.find(first.id())).contains(first);
    }

    @Test
    void listsTheOldestFirst() {
        TokenStorage storage = storage();
        Token late = token(NOW.plusSeconds(5), Optional.empty());
        Token early = token(NOW, Optional.empty());
        storage.create(late);
        storage.create(early);
        assertThat(storage.list()).containsExactly(early, late);
    }

    @Test
    void keepsTheFirstRevocation() {
        TokenStorage storage = storage();
        Token token = token(NOW, Optional.empty());
        storage.create(token);
        assertThat(storage.revoke(token.id(), NOW.plusSeconds(1))).isTrue();
        assertThat(storage.revoke(token.id(), NOW.plusSeconds(2))).isTrue();
        assertThat(storage.find(token.id())).contains(token.revoked(NOW.plusSeconds(1)));
        assertThat(storage.list()).containsExactly(token.revoked(NOW.plusSeconds(1)));
    }

    @Test
    void saysThatThereIsNothingToRevoke() {
        assertThat(storage().revoke("0123456789abcdef", NOW)).isFalse();
    }
}
