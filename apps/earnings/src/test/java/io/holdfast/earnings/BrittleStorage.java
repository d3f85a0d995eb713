package io.holdfast.earnings;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ScopeView;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** A storage whose database can go away, in the words of a real one. */
final class BrittleStorage implements ServerStorage {

    static final String PASSWORD = "correct-horse-battery";

    private final ServerStorage storage = new InMemoryServerStorage();
    volatile boolean gone;

    private void require() {
        if (gone) {
            throw new HoldfastException(
                    ErrorCode.DATABASE_UNREACHABLE,
                    "The database at db.example does not answer.",
                    new SQLException(
                            "Connection to jdbc:postgresql://db.example/earn?user=hf&password=" + PASSWORD + " refused",
                            "08001",
                            17));
        }
    }

    @Override
    public <T> T append(String scope, ScopeView.Touch touch, Function<ScopeView, ScopeUpdate<T>> decide) {
        require();
        return storage.append(scope, touch, decide);
    }

    @Override
    public <T> T mend(String scope, Function<ScopeSnapshot, ScopeUpdate<T>> decide) {
        require();
        return storage.mend(scope, decide);
    }

    @Override
    public <T> T snapshot(String scope, Function<ScopeSnapshot, T> body) {
        require();
        return storage.snapshot(scope, body);
    }

    @Override
    public List<String> scopes(String after, int limit) {
        require();
        return storage.scopes(after, limit);
    }

    @Override
    public void close() {
        storage.close();
    }
}
