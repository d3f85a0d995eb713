package io.holdfast.server.http.sync;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonTree;
import io.holdfast.server.auth.Token;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.problem.HttpRefusal;
import io.holdfast.server.settings.SettingsJson;
import io.holdfast.server.settings.SettingsRefusedException;
import io.holdfast.server.settings.SettingsVersion;
import io.holdfast.server.settings.SqlSettings;
import io.holdfast.server.settings.SyncSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** The settings over HTTP. Thread-safe. */
final class SettingsActions {

    private final SqlSettings kept;

    SettingsActions(SqlSettings kept) {
        this.kept = kept;
    }

    /** {@code GET /api/sync/config}: the settings that hold; of the sources, those of the caller's scopes. */
    Answer show(Call call) {
        call.query().requireOnly(Set.of());
        SettingsVersion version = kept.current();
        SyncSettings all = version.settings();
        SyncSettings seen = new SyncSettings(
                all.sources().stream()
                        .filter(source -> Seen.sees(call.access(), source.scope()))
                        .toList(),
                all.alerts(),
                all.recovery(),
                all.mail(),
                all.archive());
        return answer(new SettingsVersion(version.version(), version.at(), version.who(), version.note(), seen));
    }

    private static Answer answer(SettingsVersion version) {
        byte[] body =
                RunJson.text(out -> SettingsVersionJson.members(version, out)).getBytes(StandardCharsets.UTF_8);
        return new Answer.Whole(200, Answer.JSON, body, Map.of("ETag", "\"" + version.version() + "\""));
    }

    /**
     * {@code PUT /api/sync/config}: makes a new version, if the one that the change was made from still holds: it stands in the
     * body, or in If-Match.
     */
    Answer change(Call call) {
        call.query().requireOnly(Set.of());
        requireEverything(call);
        JsonTree.Members body = object(call, Set.of("version", "note", "settings"));
        JsonTree settings = body.members().get("settings");
        if (settings == null) {
            throw malformed("The member settings is missing.");
        }
        long expected = expected(call, body);
        String note = body.members().containsKey("note") ? text(body, "note") : "";
        return changed(() -> kept.change(
                expected, SettingsJson.read(settings), call.access().token().principal(), note));
    }

    /** {@code POST /api/sync/config/rollback}: makes a new version that is equal to an earlier one. */
    Answer rollBack(Call call) {
        call.query().requireOnly(Set.of());
        requireEverything(call);
        JsonTree.Members body = object(call, Set.of("version", "to"));
        long expected = expected(call, body);
        long to = number(body, "to");
        return changed(() -> kept.rollBack(expected, to, call.access().token().principal()));
    }

    private static Answer changed(Supplier<SettingsVersion> change) {
        try {
            return answer(change.get());
        } catch (SettingsRefusedException refused) {
            throw HttpRefusal.withViolations(
                    refused.code(), "The settings are not taken; see the violations.", refused.violations());
        }
    }

    /** {@code GET /api/sync/config/history}: every version, newest first. */
    Answer history(Call call) {
        call.query().requireOnly(Set.of("limit", "before"));
        requireEverything(call);
        int limit = call.query().number("limit", 1, SqlSettings.PAGE_MAX, Paging.LIMIT_DEFAULT);
        int before = call.query().number("before", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
        List<SettingsVersion> versions = kept.history(before, limit);
        return Answer.json(RunJson.text(out -> {
            out.writeArrayPropertyStart("versions");
            versions.forEach(version -> {
                out.writeStartObject();
                SettingsVersionJson.members(version, out);
                out.writeEndObject();
            });
            out.writeEndArray();
        }));
    }

    /** Settings are of the whole server, whatever the scope. */
    private static void requireEverything(Call call) {
        if (!call.access().token().scopes().contains(Token.EVERY_SCOPE)) {
            throw new HoldfastException(
                    ErrorCode.FORBIDDEN, "Settings are for all scopes; use an administrator's token of every scope.");
        }
    }

    private static JsonTree.Members object(Call call, Set<String> known) {
        if (ControlActions.tree(call) instanceof JsonTree.Members object
                && known.containsAll(object.members().keySet())) {
            return object;
        }
        throw malformed("The body is no object of "
                + String.join(", ", known.stream().sorted().toList()) + ".");
    }

    private static long expected(Call call, JsonTree.Members body) {
        OptionalLong inBody =
                body.members().containsKey("version") ? OptionalLong.of(number(body, "version")) : OptionalLong.empty();
        String header = call.header("If-Match");
        if (!header.isEmpty() && !header.matches("\"[0-9]{1,18}\"")) {
            throw HttpRefusal.invalid("The header If-Match is no version of the settings; send the ETag of GET.");
        }
        if (header.isEmpty() && inBody.isEmpty()) {
            throw HttpRefusal.withStatus(
                    ErrorCode.REQUEST_INVALID,
                    428,
                    "Say which version was changed, in the body's version or in If-Match, so that nobody's change is lost.");
        }
        long inHeader =
                header.isEmpty() ? inBody.orElseThrow() : Long.parseLong(header.substring(1, header.length() - 1));
        if (inBody.isPresent() && inBody.getAsLong() != inHeader) {
            throw HttpRefusal.invalid("If-Match and the body name different versions; send one of them.");
        }
        return inHeader;
    }

    private static long number(JsonTree.Members body, String name) {
        if (body.members().get(name) instanceof JsonTree.Numeral number
                && number.literal().matches("[0-9]{1,18}")) {
            return Long.parseLong(number.literal());
        }
        throw malformed("The member " + name + " is no version of the settings.");
    }

    private static String text(JsonTree.Members body, String name) {
        if (body.members().get(name) instanceof JsonTree.Text text) {
            return text.text();
        }
        throw malformed("The member " + name + " is no string.");
    }

    private static HttpRefusal malformed(String message) {
        return HttpRefusal.withStatus(ErrorCode.JSON_MALFORMED, 400, message);
    }
}
