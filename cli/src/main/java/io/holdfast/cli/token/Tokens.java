package io.holdfast.cli.token;

import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Role;
import io.holdfast.server.auth.Token;
import io.holdfast.server.auth.TokenMint;
import io.holdfast.server.storage.SqlTokenStorage;
import io.holdfast.server.storage.sql.Database;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The tokens in a server's database, as the commands work on them. */
final class Tokens {

    private final Terminal terminal;
    private final Host host;
    private final DatabaseOption option;
    private final boolean json;

    Tokens(Terminal terminal, Host host, DatabaseOption option, boolean json) {
        this.terminal = terminal;
        this.host = host;
        this.option = option;
        this.json = json;
    }

    void create(String role, List<String> scopes, @Nullable String expires, @Nullable String principal) {
        TokenMint.Grant grant = grant(role, scopes, expires, principal);
        TokenMint.Issued issued;
        try (Database database = ServerDatabase.openOrMake(option, host)) {
            issued = new TokenMint(new SqlTokenStorage(database), host.clock(), host.random()).issue(grant);
        } catch (IllegalArgumentException refused) {
            throw usage("No such token is made: " + refused.getMessage() + ".");
        }
        if (json) {
            JsonLine.print(terminal.out(), out -> {
                out.writeStringProperty("id", issued.token().id());
                out.writeStringProperty("token", issued.text().reveal());
            });
        } else {
            terminal.out().println(issued.text().reveal());
            terminal.err()
                    .println("This is the only time the token is shown; its id is "
                            + issued.token().id() + ".");
        }
    }

    private static TokenMint.Grant grant(
            String role, List<String> scopes, @Nullable String expires, @Nullable String principal) {
        TreeSet<String> distinct = new TreeSet<>(scopes);
        return new TokenMint.Grant(
                Optional.ofNullable(principal).orElseGet(() -> String.join(" ", distinct)),
                role(role),
                distinct,
                Optional.ofNullable(expires).map(Period::parse));
    }

    private static Role role(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> usage("There is no role '" + name + "'; use device, viewer, operator or admin."));
    }

    void list() {
        List<Token> tokens;
        try (Database database = ServerDatabase.openThere(option, host)) {
            tokens = new SqlTokenStorage(database).list();
        }
        if (json) {
            tokens.forEach(token -> JsonLine.print(terminal.out(), out -> write(token, out)));
            return;
        }
        TextTable table = new TextTable(List.of("id", "principal", "role", "scopes", "created", "expires", "state"));
        tokens.forEach(token -> table.add(List.of(
                token.id(),
                token.principal(),
                name(token.role()),
                String.join(" ", token.scopes()),
                token.createdAt().toString(),
                token.expiresAt().map(Instant::toString).orElse("never"),
                state(token))));
        table.print(terminal.out());
    }

    private void write(Token token, JsonGenerator out) {
        out.writeStringProperty("id", token.id());
        out.writeStringProperty("principal", token.principal());
        out.writeStringProperty("role", name(token.role()));
        out.writeArrayPropertyStart("scopes");
        token.scopes().forEach(out::writeString);
        out.writeEndArray();
        out.writeStringProperty("createdAt", token.createdAt().toString());
        token.expiresAt().ifPresent(at -> out.writeStringProperty("expiresAt", at.toString()));
        token.revokedAt().ifPresent(at -> out.writeStringProperty("revokedAt", at.toString()));
        out.writeStringProperty("state", state(token));
    }

    private String state(Token token) {
        if (token.revokedAt().isPresent()) {
            return "revoked";
        }
        return token.validAt(host.clock().instant()) ? "valid" : "expired";
    }

    private static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    void revoke(String id) {
        boolean known;
        try (Database database = ServerDatabase.openThere(option, host)) {
            known = new SqlTokenStorage(database).revoke(id, host.clock().instant());
        }
        if (!known) {
            throw new HoldfastException(
                    ErrorCode.RECORD_UNKNOWN, "There is no token " + id + "; see 'holdfast token list'.");
        }
        if (json) {
            JsonLine.print(terminal.out(), out -> {
                out.writeStringProperty("id", id);
                out.writeBooleanProperty("revoked", true);
            });
        } else {
            terminal.out().println("Revoked the token " + id + "; a running server refuses it within five seconds.");
        }
    }

    private static HoldfastException usage(String sentence) {
        return new HoldfastException(ErrorCode.USAGE, sentence);
    }
}
