package io.holdfast.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class AuthenticatorTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));
    private final AtomicInteger lookups = new AtomicInteger();
    private final TokenStorage storage = new CountingStorage(new InMemoryTokenStorage(), lookups);
    private final TokenMint mint = new TokenMint(storage, now::get, new SplittableRandom(3));
    private final TokenCache cache = new TokenCache(
            storage, () -> Duration.between(Instant.EPOCH, now.get()).toNanos());
    private final Authenticator authenticator = new Authenticator(cache, now::get);

    private TokenMint.Issued issue(Optional<Duration> life) {
        return mint.issue(new TokenMint.Grant("ann", Role.DEVICE, Token.scope("garden"), life));
    }

    @Test
    void knowsTheTokenItIssued() {
        TokenMint.Issued issued = issue(Optional.empty());
        assertThat(authenticator.authenticate(issued.text().reveal()).token()).isEqualTo(issued.token());
    }

    @Test
    void refusesAnotherSecretUnderAKnownId() {
        TokenMint.Issued issued = issue(Optional.empty());
        String other = TokenText.draw(new SplittableRandom(99)).reveal();
        String forged = issued.text().reveal().substring(0, 20) + other.substring(20);
        refuses(forged);
    }

    @Test
    void refusesGarbageInTheSameWordsAsUnknownTokens() {
        String garbage = refuses("not a token");
        assertThat(refuses(TokenText.draw(new SplittableRandom(5)).reveal())).isEqualTo(garbage);
    }

    @Test
    void refusesATokenFromTheMomentItExpires() {
        String text = issue(Optional.of(Duration.ofSeconds(10))).text().reveal();
        later(Duration.ofSeconds(10).minusNanos(1));
        authenticator.authenticate(text);
        later(Duration.ofNanos(1));
        refuses(text);
    }

    @Test
    void refusesARevokedTokenWithinFiveSeconds() {
        TokenMint.Issued issued = issue(Optional.empty());
        String text = issued.text().reveal();
        authenticator.authenticate(text);
        storage.revoke(issued.token().id(), now.get());
        later(Duration.ofSeconds(5));
        refuses(text);
    }

    @Test
    void keepsAnAnswerNoLongerForASlowDatabase() {
        TokenMint.Issued issued = issue(Optional.empty());
        TokenStorage slow = new CountingStorage(storage, lookups) {
            @Override
            public Optional<Token> find(String id) {
                Optional<Token> found = super.find(id);
                later(Duration.ofSeconds(3));
                return found;
            }
        };
        TokenCache patient = new TokenCache(
                slow, () -> Duration.between(Instant.EPOCH, now.get()).toNanos());
        patient.find(issued.token().id());
        storage.revoke(issued.token().id(), now.get());
        later(Duration.ofSeconds(2));
        assertThat(patient.find(issued.token().id()).orElseThrow().revokedAt()).isPresent();
    }

    @Test
    void asksTheStorageOnceForManyRequestsAndGuesses() {
        String known = issue(Optional.empty()).text().reveal();
        String guess = TokenText.draw(new SplittableRandom(5)).reveal();
        for (int i = 0; i < 100; i++) {
            authenticator.authenticate(known);
            refuses(guess);
        }
        assertThat(lookups).hasValue(2);
    }

    @Test
    void aForeignScopeIsRefusedInTheWordsForAnUnknownOne() {
        Access access =
                authenticator.authenticate(issue(Optional.empty()).text().reveal());
        access.requireScope("garden");
        assertThatThrownBy(() -> access.requireScope("elsewhere"))
                .hasMessage(Access.scopeRefused(access.token().id()).getMessage());
    }

    @Test
    void aRoleThatIsNotNamedIsRefused() {
        Access device =
                authenticator.authenticate(issue(Optional.empty()).text().reveal());
        device.requireRole(Set.of(Role.DEVICE, Role.ADMIN));
        assertThatThrownBy(() -> device.requireRole(Set.of(Role.OPERATOR, Role.ADMIN)))
                .isInstanceOfSatisfying(
                        HoldfastException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.FORBIDDEN))
                .hasMessageContaining("operator or admin");
    }

    @Test
    void aLinkWorksOnceAndNotForLong() {
        OneTimeLinks links = new OneTimeLinks(
                new SplittableRandom(1),
                () -> Duration.between(Instant.EPOCH, now.get()).toNanos());
        TokenMint.Grant grant = new TokenMint.Grant("demo", Role.ADMIN, Token.scope("*"), Optional.empty());
        String code = links.open(grant);
        assertThat(links.use("guess")).isEmpty();
        assertThat(links.use(code)).contains(grant);
        assertThat(links.use(code)).isEmpty();
        String forgotten = links.open(grant);
        later(OneTimeLinks.LIFE);
        assertThat(links.use(forgotten)).isEmpty();
    }

    private void later(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }

    private String refuses(String text) {
        AtomicReference<String> message = new AtomicReference<>("");
        assertThatThrownBy(() -> authenticator.authenticate(text))
                .isInstanceOfSatisfying(HoldfastException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.AUTH_REQUIRED);
                    message.set(refusal.toString());
                });
        return message.get();
    }

    private static class CountingStorage implements TokenStorage {
        private final TokenStorage inner;
        private final AtomicInteger lookups;

        CountingStorage(TokenStorage inner, AtomicInteger lookups) {
            this.inner = inner;
            this.lookups = lookups;
        }

        @Override
        public void create(Token token) {
            inner.create(token);
        }

        @Override
        public Optional<Token> find(String id) {
            lookups.incrementAndGet();
            return inner.find(id);
        }

        @Override
        public List<Token> list() {
            return inner.list();
        }

        @Override
        public boolean revoke(String id, Instant at) {
            return inner.revoke(id, at);
        }
    }
}
