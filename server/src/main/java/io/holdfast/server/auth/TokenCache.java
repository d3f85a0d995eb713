package io.holdfast.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * Spares the storage a look-up for each request. An answer is used for at most {@link #LIFE} after it was <em>asked
 * for</em>, so that a revocation is obeyed everywhere within that time; "no such token" is kept too, so that guessing
 * does not reach the database. Holds at most {@value #TOKENS_MAX} ids. Thread-safe.
 */
public final class TokenCache {

    /** Longest use of one answer. */
    public static final Duration LIFE = Duration.ofSeconds(4);

    /** Most ids kept. */
    public static final int TOKENS_MAX = 10_000;

    private final TokenStorage storage;
    private final Ticker ticker;
    private final Cache<String, Answer> answers;

    /** @param ticker nanoseconds from any origin */
    public TokenCache(TokenStorage storage, Ticker ticker) {
        this.storage = storage;
        this.ticker = ticker;
        this.answers = Caffeine.newBuilder()
                .maximumSize(TOKENS_MAX)
                .expireAfterWrite(LIFE)
                .ticker(ticker)
                .build();
    }

    private record Answer(Optional<Token> token, long askedAtNanos) {}

    /** The token of that id as it stood at most {@link #LIFE} ago. */
    public Optional<Token> find(String id) {
        Answer known = answers.getIfPresent(id);
        // The cache counts from when the answer came; a slow database must not lengthen that.
        if (known == null || stale(known)) {
            long asked = ticker.read();
            known = new Answer(storage.find(id), asked);
            answers.put(id, known);
        }
        return known.token;
    }

    /** As {@link #find}, without asking the storage: empty if that would be needed. */
    public Optional<Token> findKnown(String id) {
        Answer known = answers.getIfPresent(id);
        return known == null || stale(known) ? Optional.empty() : known.token;
    }

    private boolean stale(Answer answer) {
        return ticker.read() - answer.askedAtNanos >= LIFE.toNanos();
    }

    /** Forgets one id, as this process itself has just changed it. */
    public void forget(String id) {
        answers.invalidate(id);
    }
}
